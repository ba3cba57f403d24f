"""The editor of a rule book: the facts about it, and each part as rows of a table. Works without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import Form
from transfers import rulebook, rulebook_words

SPARE = 2  # empty rows below each table


def _choices(values: Any, words: Any) -> list[tuple[str, Any]]:
    return [(each, words[each]) for each in values]


class BookForm(Form):
    """Everything but the tables."""

    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("The same in every version, such as ordinary"))
    title = forms.CharField(label=_("Title"), max_length=160)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    issuing_authority = forms.CharField(label=_("Issuing authority"), max_length=200)
    signatories = forms.CharField(
        label=_("Who signs"), widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One office on each line")
    )
    why_changed = forms.CharField(
        label=_("Why the rules change"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("From the second version on; everyone reads it"),
    )  # fmt: skip
    ranks = forms.MultipleChoiceField(label=_("Ranks"), widget=forms.CheckboxSelectMultiple)
    minimum_months = forms.IntegerField(label=_("Least months at a station before asking"))
    maximum_months = forms.IntegerField(label=_("Months after which an officer is due"))
    due_must_move = forms.BooleanField(label=_("Who is due must move"), required=False)
    seats = forms.ChoiceField(label=_("Seats"), choices=_choices(rulebook.SEATS, rulebook_words.SEATS))
    statutory = forms.MultipleChoiceField(
        label=_("Grounds that come before points"), required=False, widget=forms.CheckboxSelectMultiple
    )
    exclusions = forms.MultipleChoiceField(
        label=_("Exclusions"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=_choices(rulebook.EXCLUSIONS, rulebook_words.EXCLUSIONS),
    )  # fmt: skip
    mechanism = forms.ChoiceField(
        label=_("Mechanism"), choices=_choices(rulebook.MECHANISMS, rulebook_words.MECHANISMS), widget=forms.RadioSelect
    )
    shadow = forms.ChoiceField(
        label=_("For comparison only"), required=False, widget=forms.RadioSelect,
        choices=_choices(("", *rulebook.MECHANISMS), rulebook_words.MECHANISMS),
    )  # fmt: skip
    release = forms.ChoiceField(
        label=_("Held back first where a floor binds"), choices=_choices(rulebook.RELEASE, rulebook_words.RELEASE)
    )
    defaults = forms.ChoiceField(
        label=_("Places tried for those who must move"), choices=_choices(rulebook.DEFAULTS, rulebook_words.DEFAULTS)
    )
    exchange_days = forms.IntegerField(label=_("Days for mutual exchanges afterwards"), help_text=_("0 for none"))

    def __init__(self, *args: Any, ranks: Any, grounds: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["ranks"].choices, fields["statutory"].choices = ranks, grounds
        if not is_new:
            del self.fields["code"]

    def clean_signatories(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["signatories"].splitlines() if line.strip()]


class _Row(forms.Form):
    """A row of a table: each box is named by its column, for readers who do not see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, each in self.fields.items():
            select = isinstance(each, forms.ChoiceField)
            each.required = False
            each.widget.attrs |= {"class": "govuk-select" if select else "govuk-input", "aria-label": each.label}
            if isinstance(each, forms.IntegerField):
                each.widget.attrs |= {"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}
            if name == "basis":
                each.widget.attrs["maxlength"] = 300


class PointRow(_Row):
    """Points for one fact."""

    code = forms.SlugField(label=_("Code"))
    fact = forms.ChoiceField(
        label=_("For"), choices=_choices((*rulebook.FACTS, rulebook.PERFORMANCE), rulebook_words.FACTS)
    )
    points = forms.IntegerField(label=_("Points"))
    most = forms.IntegerField(label=_("At most"))
    where = forms.ChoiceField(label=_("Counts"), choices=_choices(rulebook.PLACES, rulebook_words.WHERE))
    ground = forms.ChoiceField(label=_("Ground"))
    basis = forms.CharField(label=_("Legal basis"))

    def __init__(self, *args: Any, grounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ground: Any = self.fields["ground"]
        ground.choices = [("", "–"), *grounds]


class FloorRow(_Row):
    """Strength that must remain."""

    level = forms.ChoiceField(label=_("At each"), choices=_choices(rulebook.LEVELS, rulebook_words.LEVELS))
    percent = forms.IntegerField(label=_("Per cent"))
    smallest = forms.IntegerField(label=_("From officers"))
    basis = forms.CharField(label=_("Legal basis"))


class CeilingRow(_Row):
    """The most strength."""

    level = forms.ChoiceField(label=_("At each"), choices=_choices(rulebook.LEVELS[1:], rulebook_words.LEVELS))
    percent = forms.IntegerField(label=_("Per cent of seats"))
    basis = forms.CharField(label=_("Legal basis"))


class ReserveRow(_Row):
    """Seats kept for a group."""

    group = forms.ChoiceField(label=_("For"), choices=_choices(rulebook.GROUPS, rulebook_words.GROUPS))
    percent = forms.IntegerField(label=_("Per cent of seats"))
    basis = forms.CharField(label=_("Legal basis"))


ROWS: dict[str, type[_Row]] = {"points": PointRow, "floors": FloorRow, "ceilings": CeilingRow, "reserves": ReserveRow}
KEYS = {
    "points": "code",
    "floors": "percent",
    "ceilings": "percent",
    "reserves": "percent",
}  # a row without it is not there


def tables(data: Any, content: dict[str, Any], grounds: Any) -> dict[str, Any]:
    """The four tables as formsets, filled from the content or from what was sent."""
    found = {}
    for name, row in ROWS.items():
        made = forms.formset_factory(row, extra=SPARE, max_num=60)
        options: dict[str, Any] = {"form_kwargs": {"grounds": grounds}} if name == "points" else {}
        found[name] = made(data, prefix=name, initial=content.get(name, []), **options)
    return found


def content_of(form: BookForm, rows: dict[str, Any]) -> dict[str, Any]:
    """The content that the editor's boxes say; `transfers.rulebook` judges it."""
    said = dict(form.cleaned_data)
    names = ("ranks", "minimum_months", "maximum_months", "seats", "statutory", "exclusions", "mechanism", "shadow", "release",
             "defaults", "exchange_days")  # fmt: skip
    content = {name: said[name] for name in names}
    content["due_must_move"] = int(said["due_must_move"])
    for name, table in rows.items():
        content[name] = [_row(name, each.cleaned_data) for each in table if each.cleaned_data.get(KEYS[name])]
    return content


def _row(name: str, said: dict[str, Any]) -> dict[str, Any]:
    row = {key: value if value is not None else 0 for key, value in said.items()}
    return {**row, "per_month": int(row["fact"] != "ground")} if name == "points" else row
