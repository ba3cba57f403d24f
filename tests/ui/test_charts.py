"""Charts: the geometry, and that every figure stands in the page as text while a hidden one never does."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from hcims.ui import charts

LIMITS = [5, 10, 20, 30, 40]


def drawn(source: str, **context: object) -> str:
    return Template("{% load charts ui %}" + source).render(Context(context))


@pytest.mark.parametrize(("value", "step"), [(None, 0), (0, 0), (4.9, 0), (5, 1), (39, 4), (40, 5), (100, 5)])
def test_steps(value: float | None, step: int) -> None:
    assert charts.step_of(value, LIMITS) == step


def test_legend_says_the_limits() -> None:
    assert charts.legend_of(LIMITS) == ["5–9%", "10–19%", "20–29%", "30–39%", "40% +"]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_bars_keep_their_proportions(values: list[float]) -> None:
    placed = charts.bars([charts.Bar(str(number), value) for number, value in enumerate(values)])
    assert all(0 <= each.width <= 100 for each in placed)
    assert not max(values) or max(each.width for each in placed) == 100


@given(st.lists(st.none() | st.floats(0, 1e7), min_size=1, max_size=30))
def test_lines_stay_inside_their_frame(values: list[float | None]) -> None:
    chart = charts.lines([str(number) for number in range(len(values))], [charts.Series("Posted", values)])
    for x, y in chart.series[0].dots:
        assert chart.left <= x <= chart.right + 0.1
        assert 0 <= y <= chart.height
    assert len(chart.series[0].dots) == sum(value is not None for value in values)


@pytest.mark.parametrize(
    ("top", "scale"), [(3, 4), (14, 20), (480, 600), (1000, 1000), (0.3, 0.4), (5e-324, 1), (9.99e6, 1e7)]
)
def test_the_scale_ends_at_a_round_number(top: float, scale: float) -> None:
    chart = charts.lines(["1", "2"], [charts.Series("Posted", [0, top])])
    assert charts._round_above(top) == pytest.approx(scale)
    assert len(chart.grid) == 5


def test_the_scale_has_room_for_its_longest_number() -> None:
    wide, narrow = (charts.lines(["1", "2"], [charts.Series("Posted", [0, top])]) for top in (306_590, 50))
    assert wide.left >= len("400,000") * charts.DIGIT
    assert narrow.left < wide.left
    assert wide.series[0].dots[0][0] == wide.left


def test_a_gap_lifts_the_pen() -> None:
    chart = charts.lines(["1", "2", "3"], [charts.Series("Posted", [1, None, 2])])
    assert chart.series[0].path.count("M") == 2


def test_four_lines_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="three series"):
        charts.lines(["1"], [charts.Series(str(number), [1]) for number in range(4)])


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    chart = charts.lines(["1", "2"], [charts.Series(name, [1, 5]) for name in "abc"])
    ends = sorted(each.end[1] for each in chart.series)
    assert all(below - above >= 15 for above, below in pairwise(ends))


def test_a_matrix_is_a_table_with_every_number_in_it() -> None:
    rows = [charts.Row("Kilifi", [charts.Cell("12%", 2, "/x/"), charts.NO_DATA, charts.HIDDEN], "/kilifi/")]
    html = drawn("{% matrix columns rows 'Vacancies' %}", columns=["IP", "SGT", "PC"], rows=rows)
    assert '<td class="heat heat-2"><a href="/x/">12%</a>' in re.sub(r">\s+<", "><", html)
    assert "heat-none" in html
    assert "heat-hidden" in html
    assert '<a href="/kilifi/">Kilifi</a>' in html
    assert html.count('scope="col"') == 4


def test_a_hidden_figure_is_nowhere_in_the_page() -> None:
    tile = charts.Tile("KLF", "Kilifi", 0, 0, charts.Cell("", 4, state="hidden"))
    html = drawn("{% tiles tiles 'Contacts' %}", tiles=[tile])
    assert "hidden, too few people" in html
    assert 'class="face heat-hidden"' in html
    assert "heat-4" not in html


def test_tiles_carry_their_table_and_their_names() -> None:
    tile = charts.Tile("KLF", "Kilifi", 2, 1, charts.Cell("31%", 4, "/units/C-KILIFI/"))
    html = drawn("{% tiles tiles 'Vacancies' %}", tiles=[tile])
    assert 'aria-label="Kilifi: 31%"' in html
    assert '<th scope="row"><a href="/units/C-KILIFI/">Kilifi</a></th>' in html
    assert "<table" not in drawn("{% tiles tiles 'Vacancies' figures=False %}", tiles=[tile])


def test_no_chart_needs_an_inline_style() -> None:
    bars = drawn("{% bars bars 'Vacancies' %}", bars=[charts.Bar("Kwale", 214, "/kwale/", is_bad=True)])
    lines = drawn(
        "{% lines labels series 'Posted' %}", labels=["2025", "2026"], series=[charts.Series("Posted", [1, 2])]
    )
    assert "style=" not in bars + lines
    assert '<a href="/kwale/">214</a>' in bars
    assert lines.count("<td") == 2
