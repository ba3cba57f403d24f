"""The small components: never colour alone, nothing typed becomes markup, polls that slow down."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from hcims.ui import parts
from hcims.ui.parts import Change, Moment


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize("tone", ["good", "wait", "bad", "off"])
def test_a_status_carries_a_word_and_a_sign(tone: str) -> None:
    html = parts.chip("sent back", tone)
    assert "sent back" in html
    assert f'<i aria-hidden="true">{parts.SIGNS[tone]}</i>' in html


def test_a_tone_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="tone"):
        parts.chip("red", "red")


def test_words_of_people_stay_words() -> None:
    html = parts.chip("<b>x</b>") + drawn("{% page_head title %}{% endpage_head %}", title="<b>x</b>")
    html += drawn(
        "{% facts %}{% fact label %}{{ value }}{% endfact %}{% endfacts %}", label="<b>x</b>", value="<b>x</b>"
    )
    html += drawn("{% diff changes %}", changes=[Change("<b>x</b>", "<b>x</b>", "<b>y</b>")])
    html += drawn("{% timeline moments %}", moments=[Moment(date(2026, 1, 1), "<b>x</b>", "<b>x</b>", "<b>x</b>")])
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 10


def test_markup_of_templates_stays_markup() -> None:
    html = drawn('{% page_head "Units" %}<a class="btn" href="/new/">New</a>{% endpage_head %}')
    assert '<a class="btn" href="/new/">New</a>' in html


def test_differences_show_old_and_new_and_what_was_nothing() -> None:
    html = drawn(
        "{% diff changes %}",
        changes=[Change("Rank", "PC", "CPL"), Change("Phone", None, "0700"), Change("Sex", "F", "F")],
    )
    assert "<del>PC</del>" in html
    assert "<ins>CPL</ins>" in html
    assert html.count("nothing") == 1
    assert html.count("unchanged") == 1


def test_a_moment_without_an_hour_shows_none() -> None:
    with_hour = Moment(datetime(2026, 11, 22, 5, 30, tzinfo=UTC), "Moved")
    html = drawn("{% timeline moments %}", moments=[with_hour, Moment(date(2024, 6, 5), "Enlisted")])
    assert "22 Nov 2026, 08:30" in html  # Nairobi's hour
    assert "5 Jun 2024<" in html.replace("\n", "")


def test_polls_slow_down_from_two_seconds_to_ten() -> None:
    assert [parts.wait_before_poll(polls) for polls in (0, 1, 8, 50)] == [2, 3, 10, 10]
    html = drawn("{% live_progress '/jobs/x/' 40 100 'Rows' 3 %}")
    assert 'hx-get="/jobs/x/?polls=4"' in html
    assert "delay:5s" in html


def test_a_count_that_ran_past_its_total_is_shown_whole() -> None:
    assert "31 / 31" in drawn("{% progress 32 31 'Rows' %}")


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (999, 1000, 99), (1000, 1000, 100), (5, 4, 100)])
def test_a_job_is_done_when_all_of_it_is(done: int, total: int, percent: int) -> None:
    assert parts.percent(done, total) == percent


@pytest.mark.parametrize(
    ("source", "shown"),
    [("{{ 1322|whole }}", "1,322"), ("{{ none|whole }}", "–"), ("{{ 0.001|share }}", "&lt;1%"), ("{{ 0.125|share }}", "12%"),
     ("{{ 1|days }}", "1 day"), ("{{ 1200|days }}", "1,200 days"), ("{{ none|or_dash }}", "–")],
)  # fmt: skip
def test_figures_read_as_people_write_them(source: str, shown: str) -> None:
    assert drawn(source, none=None) == shown


def test_steps_say_which_are_done_and_where_one_stands() -> None:
    html = drawn("{% stepper steps 2 %}", steps=["Upload", "Preview", "Confirm"])
    assert html.count('class="done"') == html.count('aria-current="step"') == 1
