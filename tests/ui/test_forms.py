"""Forms: label, hint, error and control belong together; refusals become errors; days say what to mend."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template

from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.ui.fields import errors_of
from hcims.ui.forms import DayField, Form, rules_on, status_of
from hcims.ui.gallery import SampleForm
from hcims.ui.selects import HouseRenderer


def drawn(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.fixture
def empty_form() -> SampleForm:
    return SampleForm({})


def test_every_error_in_the_summary_leads_to_a_control_on_the_page(empty_form: SampleForm) -> None:
    html = drawn("{% error_summary form %}{% form_fields form %}", form=empty_form)
    targets = re.findall(r'<a href="#([^"]+)">', html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(targets) == 5  # reason, number, since, unit, sure
    assert not set(targets) - set(ids)
    assert len(ids) == len(set(ids))


def test_an_error_in_the_summary_says_which_field_it_is_about(empty_form: SampleForm) -> None:
    said = [message for _id, message in errors_of(empty_form)]
    assert len(said) == len(set(said)), "five times the same words would not say what to mend"
    assert "Service number: This field is required." in said


@pytest.mark.parametrize("name", ["reason", "number", "since", "unit", "paper", "note", "papers"])
def test_hint_and_error_are_read_out_with_the_control(empty_form: SampleForm, name: str) -> None:
    html = drawn("{% field field %}", field=empty_form[name])
    described = re.search(r'aria-describedby="([^"]+)"', html)
    on_page = set(re.findall(r' id="([^"]+(?:-hint|-error))"', html))
    assert set(described[1].split() if described else []) == on_page


def test_a_required_field_is_not_called_optional_and_the_other_way_round(empty_form: SampleForm) -> None:
    assert "(optional)" not in drawn("{% field field %}", field=empty_form["number"])
    assert "(optional)" in drawn("{% field field %}", field=empty_form["note"])


def test_what_was_typed_comes_back() -> None:
    form = SampleForm(
        {"since_day": "31", "since_month": "2", "since_year": "2026", "reason": "late", "papers": ["letter"]}
    )
    html = drawn("{% form_fields form %}", form=form)
    assert 'value="31"' in html
    assert re.search(r'value="late" checked', html)
    assert re.search(r'value="letter" checked', html)


def test_typed_markup_stays_text() -> None:
    html = drawn("{% form_fields form %}", form=SampleForm({"number": "<script>", "since_day": "<b>"}))
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("refusal", [RuleBroken, NotAllowed, InvalidTransition])
def test_a_refusal_becomes_an_error_of_the_form(refusal: type[RuleBroken]) -> None:
    form = Form({})
    assert status_of(form) == 200
    with rules_on(form):
        raise refusal("Two holders for one post.", "Standing Order 12")
    assert list(errors_of(form)) == [("", "Two holders for one post. (Standing Order 12)")]
    assert status_of(form) == 422


def test_a_refusal_may_belong_to_a_field_and_other_errors_pass(empty_form: SampleForm) -> None:
    with rules_on(empty_form, "unit"):
        raise RuleBroken("This unit is closed.")
    assert ("id_unit", "Unit: This unit is closed.") in list(errors_of(empty_form))
    with pytest.raises(KeyError), rules_on(empty_form):
        raise KeyError("unit")


def test_errors_of_a_formset_lead_to_their_own_rows() -> None:
    class RowForm(Form):
        posts = forms.IntegerField()

    given = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-posts": "4", "form-1-posts": "four"}
    rows = forms.formset_factory(RowForm)(given)
    assert [id for id, _message in errors_of(rows)] == ["id_form-1-posts"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["9", "3", "2026"], date(2026, 3, 9)),
        (["09", "March", "2026"], date(2026, 3, 9)),
        (["1", "Desemba", "2026"], date(2026, 12, 1)),
        (["", "", ""], None),
    ],
)
def test_a_day_is_understood(typed: list[str], meant: date | None) -> None:
    assert DayField(required=False).clean(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["9", "", "2026"], "The date must have a month."),
        (["31", "2", "2026"], "There is no such date: 31 2 2026."),
        (["9", "3", "26"], "four figures"),
        (["9", "Brumaire", "2026"], "There is no such date"),
        (["", "", ""], "Enter the day, month and year."),
    ],
)
def test_a_day_that_is_none_says_what_to_mend(typed: list[str], said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        DayField().clean(typed)


def test_a_link_may_give_a_day_whole() -> None:
    class DatedForm(Form):
        on = DayField()

    form = DatedForm({"on": "2026-03-09"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 3, 9)
    assert 'value="2026"' in drawn("{% field form.on %}", form=form)


class Chosen(forms.Form):
    """Every kind of list to choose from."""

    one = forms.ChoiceField(choices=[("", "–"), (3, "Nairobi & <Kiambu>"), ("b", "B")], initial="3")
    many = forms.MultipleChoiceField(
        choices=[("Skills", [("x", "X"), ("y", 'Y "2"')]), ("", [("n", "None")])],
        widget=forms.SelectMultiple(attrs={"size": 5, "hidden": True, "disabled": False}),
    )


@pytest.mark.parametrize("name", ["one", "many"])
@pytest.mark.parametrize("given", [None, {"one": "b", "many": ["y", "n"]}])
def test_a_list_to_choose_from_is_drawn_as_django_draws_it(name: str, given: dict[str, Any] | None) -> None:
    ours, theirs = Chosen(given), Chosen(given, renderer=DjangoTemplates())
    assert isinstance(ours.renderer, HouseRenderer)
    assert str(ours[name]) == re.sub(r"\n+", "\n", str(theirs[name]))
