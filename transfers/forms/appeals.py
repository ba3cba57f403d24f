"""Appeals: what the officer writes on a phone, whom the Commission names, what the panel finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from hcims.ui.forms import DayField, Form
from personnel.files import evidence
from transfers import whatif, why_words

GROUNDS = [
    ("wrong-input", _l("A fact about me was wrong")),
    ("misapplied", _l("A rule was wrongly applied")),
    ("new-ground", _l("Something new: a compassionate ground that was not known")),
]
GROUND_WORDS = dict(GROUNDS)
STATES: dict[str, str | Promise] = {
    "lodged": _l("waiting for a panel"), "hearing": _l("before the panel"), "upheld": pgettext_lazy("of one appeal", "upheld"),
    "dismissed": pgettext_lazy("of one appeal", "dismissed"), "withdrawn": _l("withdrawn"),
}  # fmt: skip
TONES = {"lodged": "wait", "hearing": "wait", "upheld": "good", "dismissed": "bad", "withdrawn": "off"}
REMEDIES = {
    "none": _l("none"),
    "next-vacancy": _l("the next vacancy at the place"),
    "priority": _l("priority in the next round"),
    "decide-again": _l("the request is decided again"),
    "stay": _l("the officer stays or returns; the order is taken back"),
}
OWED = {
    "next-vacancy": _l("the next vacancy at the place"),
    "priority": _l("priority in the next round"),
    "return": _l("the return to the former post"),
}


def _words(label: Any, help_text: Any = "", rows: int = 4, required: bool = True, most: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class LodgeForm(Form):
    """The officer's appeal."""

    ground = forms.ChoiceField(label=_l("What was wrong?"), choices=GROUNDS, widget=forms.RadioSelect)
    text = _words(_l("In your own words"), _l("Say which fact or rule, and what it should have been."))
    evidence = forms.FileField(
        label=_l("A paper that shows it"), required=False, help_text=_l("A PDF, or a photograph of every page"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def clean_evidence(self) -> Any:
        given = self.cleaned_data.get("evidence")
        return evidence(given) if given else None


class PanelForm(Form):
    """Who hears it."""

    members = forms.MultipleChoiceField(
        label=_l("Members"), widget=forms.CheckboxSelectMultiple,
        help_text=_l("At least two. Only those are listed who sit on appeal boards and had no hand in the matter."),
    )  # fmt: skip

    def __init__(self, *args: Any, candidates: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.ref: each for each in candidates}
        self.fields["members"].choices = [(each.ref, each.full_name) for each in candidates]  # type: ignore[attr-defined]

    @property
    def named(self) -> list[Any]:
        """The people chosen."""
        return [self.people[ref] for ref in self.cleaned_data["members"]]


class FactForm(Form):
    """The fact that should have been another."""

    item = forms.ChoiceField(label=_l("Line of points"), required=False)
    points = forms.IntegerField(
        label=_l("Points it should have given"), min_value=0, max_value=1_000_000, required=False
    )
    must_move = forms.ChoiceField(
        label=_l("Whether the officer was due to move"),
        required=False,
        choices=[("", _l("as it was")), ("yes", _l("should have been due")), ("no", _l("should not have been due"))],
    )
    opened = forms.ChoiceField(label=_l("Place that was wrongly closed"), required=False)

    def __init__(self, *args: Any, award: Any, places: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.award = award
        rules = award.participation.round.rule_book.content.get("points", ())
        had = {each["code"]: each["points"] for each in award.participation.items}
        self.fields["item"].choices = [("", _("as it was"))] + [  # type: ignore[attr-defined]
            (each["code"], _("%(item)s (counted: %(points)s)")
             % {"item": why_words.item(each["code"]), "points": had.get(each["code"], 0)})
            for each in rules
        ]  # fmt: skip
        self.fields["opened"].choices = [("", _("none")), *places.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("item") and data.get("points") is None and "points" not in self.errors:
            self.add_error("points", _("Say how many points it should have given."))
        return data

    @property
    def fact(self) -> whatif.Correction:
        """The correction."""
        data = self.cleaned_data
        must_move = {"yes": True, "no": False}.get(data.get("must_move", ""))
        return whatif.Correction(
            self.award.participation.pseudonym, item=data.get("item", ""), points=data.get("points") or 0,
            must_move=must_move, opened=data.get("opened", ""),
        )  # fmt: skip


class DecideForm(Form):
    """The panel's decision."""

    upheld = forms.ChoiceField(
        label=_l("The appeal is"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", pgettext_lazy("of one appeal", "upheld")),
            ("no", pgettext_lazy("of one appeal", "dismissed")),
        ],
    )
    remedy = forms.ChoiceField(
        label=_l("What the officer is given"),
        help_text=_l("Nobody else loses a place by it."),
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(
        label=_l("Where, if it is the next vacancy"), required=False, help_text=_l("One of the places asked for")
    )
    reasons = _words(_l("Reasons to the officer"))
    public_outcome = _words(
        _l("The outcome in a sentence, for everyone"), _l("Without a name, a number or a station."), rows=2, most=300
    )

    def __init__(self, *args: Any, remedies: Sequence[str], places: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {each.code: each for each in places}
        if "next-vacancy" in remedies:
            self.fields["place"].choices = [("", "–"), *((each.code, each.name) for each in places)]  # type: ignore[attr-defined]
        else:
            del self.fields["place"]
        self.fields["remedy"].choices = [(each, REMEDIES[each]) for each in ("none", *remedies)]  # type: ignore[attr-defined]

    def clean_upheld(self) -> bool:
        return bool(self.cleaned_data["upheld"] == "yes")

    def clean_place(self) -> Any:
        return self.places.get(self.cleaned_data.get("place", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("remedy") == "next-vacancy" and not data.get("place"):
            self.add_error("place", _("Choose the place where the next vacancy is owed."))
        return data


class ViewForm(Form):
    """A member's own view."""

    view = _words(_l("Your own view, for the record"), required=False)


class SignForm(Form):
    """The day of the return, on an order that stands ready."""

    report_by = DayField(label=_l("Report by"))
