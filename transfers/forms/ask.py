"""What an officer says when asking for a transfer: one small form a page, so that each fits on a telephone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.forms.fields import UnitField, tell
from hcims.ui.forms import Form
from personnel.files import evidence
from transfers.models import Ground
from transfers.said import Answers, Named, Partner

EVIDENCE = {"data-accept-words": _l("A photograph (JPEG, PNG) or a PDF, up to 5 MB.")}
WHAT = [
    ("request", _l("I want to move to another place")),
    ("exchange", _l("I want to exchange places with a colleague or two")),
    ("compassionate", _l("Compassionate: illness, death or care in the family that cannot wait")),
    ("emergency", _l("Emergency: somebody is in danger")),
    ("safe", _l("I am not safe, I am harassed, or I am punished for reporting something")),
]
YES_NO = [("yes", _l("Yes")), ("no", _l("No"))]


def _lines(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class KindForm(Form):
    """What it is about; each answer leads to pages of its own."""

    what = forms.ChoiceField(label=_l("What do you ask for?"), choices=WHAT, widget=forms.RadioSelect)


def words_of(ground: Ground) -> str:
    """A ground in the reader's language."""
    return ground.name_sw if get_language() == "sw" and ground.name_sw else ground.name_en


class GroundForm(Form):
    """One more ground, with its paper."""

    ground = forms.ChoiceField(label=_l("Reason"), widget=forms.RadioSelect)
    detail = _lines(
        _l("What should be known about it?"), _l("HR and whoever checks the papers read it; commanders do not.")
    )
    evidence = forms.FileField(
        label=_l("Photograph of the paper"), required=False, widget=forms.FileInput(attrs=EVIDENCE),
        help_text=_l("A letter, certificate or card. Only you and the HR desk can open it."),
    )  # fmt: skip

    def __init__(self, *args: Any, grounds: list[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.code: each for each in grounds}
        self.fields["ground"].choices = [(each.code, words_of(each)) for each in grounds]  # type: ignore[attr-defined]

    def clean_evidence(self) -> Any:
        given = self.cleaned_data["evidence"]
        return evidence(given) if given else None

    @property
    def named(self) -> Named:
        """The ground as the action takes it."""
        data = self.cleaned_data
        return Named(self.known[data["ground"]], data["detail"], data["evidence"])


class StatementForm(Form):
    """The officer's own words."""

    statement = _lines(_l("In your own words, if you wish"), _l("HR reads it; commanders do not."), rows=4)


class FamilyForm(Form):
    """The questions about the family that are asked before any move."""

    children_at_school = forms.ChoiceField(
        label=_l("Do you have children at school?"), choices=YES_NO, widget=forms.RadioSelect
    )
    exam_this_year = forms.ChoiceField(
        label=_l("Does a child sit a national examination this year?"), choices=YES_NO, widget=forms.RadioSelect
    )
    dependant_with_disability = forms.ChoiceField(
        label=_l("Do you care for somebody with a disability or a long illness?"), choices=YES_NO,
        widget=forms.RadioSelect,
    )  # fmt: skip
    spouse_at_work = forms.ChoiceField(
        label=_l("Does your husband or wife work where you live now?"), choices=YES_NO, widget=forms.RadioSelect
    )
    detail = _lines(_l("What should be known about it?"), _l("Whoever decides reads it and says how it was weighed."))

    NAMES = ("children_at_school", "exam_this_year", "dependant_with_disability", "spouse_at_work")

    @classmethod
    def first_values(cls, kept: Any) -> dict[str, Any]:
        """What was answered before, as the form shows it."""
        if kept is None:
            return {}
        said = {name: "yes" if getattr(kept, name) else "no" for name in cls.NAMES}
        return {**said, "detail": kept.detail}

    @property
    def answers(self) -> Answers:
        """The answers as the action takes them."""
        said = {name: self.cleaned_data[name] == "yes" for name in self.NAMES}
        return Answers(**said, detail=self.cleaned_data["detail"])


class SafeForm(Form):
    """A protected request: what it is about, in words, with a paper if there is one. Nothing here is compulsory but the first."""

    grounds = forms.MultipleChoiceField(label=_l("What is it about?"), widget=forms.CheckboxSelectMultiple)
    statement = _lines(
        _l("What happened, in your own words"), _l("As much or as little as you wish. You can add to it later."), rows=5
    )
    evidence = forms.FileField(
        label=_l("A paper or a photograph, if you have one"), required=False, widget=forms.FileInput(attrs=EVIDENCE)
    )

    def __init__(self, *args: Any, grounds: list[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.code: each for each in grounds}
        self.fields["grounds"].choices = [(each.code, words_of(each)) for each in grounds]  # type: ignore[attr-defined]

    def clean_evidence(self) -> Any:
        given = self.cleaned_data["evidence"]
        return evidence(given) if given else None

    @property
    def named(self) -> list[Named]:
        """The grounds as the action takes them; the paper is kept with the first."""
        codes = self.cleaned_data["grounds"]
        papers = [self.cleaned_data["evidence"], *[None] * len(codes)]
        return [Named(self.known[code], "", paper) for code, paper in zip(codes, papers, strict=False)]


class ExchangeForm(Form):
    """The colleagues with whom to exchange, each with number and station: both must fit."""

    number_1 = forms.CharField(label=_l("Service number of your colleague"), max_length=20)
    unit_1 = UnitField(label=_l("Where he or she serves, and you would go"))
    number_2 = forms.CharField(
        label=_l("Service number of a third officer"), max_length=20, required=False,
        help_text=_l("Only for an exchange of three: your colleague goes there, and the third comes to your place."),
    )  # fmt: skip
    unit_2 = UnitField(label=_l("Where the third serves"), required=False)
    statement = _lines(_l("Why, if you wish"), _l("Whoever decides reads it."))

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell(self, reader=None, on=on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("number_2")) != bool(data.get("unit_2")) and "unit_2" not in self.errors:
            self.add_error("unit_2", _("Give both for the third officer: number and station; or leave both empty."))
        return data

    @property
    def partners(self) -> list[Partner]:
        """The colleagues in order."""
        data = self.cleaned_data
        pairs = [(data["number_1"], data["unit_1"]), (data.get("number_2"), data.get("unit_2"))]
        return [Partner(number, unit) for number, unit in pairs if number and unit]
