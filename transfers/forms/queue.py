"""Advice, decisions, stops, directions and reviews: what is typed at the queue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from deployment.forms.fields import UnitField, tell
from deployment.queries import lookups
from hcims.ui.forms import DayField, Form
from personnel.files import evidence
from transfers import reasons, words
from transfers.moves import Move

ELSEWHERE = "elsewhere"


def _words(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AdviceForm(Form):
    """A commander's advice, on a phone."""

    verdict = forms.ChoiceField(
        label=_l("Your advice"),
        widget=forms.RadioSelect,
        choices=[(code, words.VERDICTS[code]) for code in ("support", "later", "oppose")],
    )
    reasons = _words(
        _l("Your reasons"), _l("A sentence or two about the station and the work. The officer may read it."), rows=3
    )


class Typed:
    """Fields that a desk fills in when it types what somebody else decided."""

    @staticmethod
    def add(form: forms.Form, holders: list[Any]) -> None:
        """This function will ask whose word is typed, and on which paper."""
        choices = [(each.ref, each.full_name) for each in holders]
        form.fields["holder"] = forms.ChoiceField(
            label=_("Whose word this is"), choices=choices, widget=forms.RadioSelect
        )
        form.fields["paper"] = forms.CharField(
            label=_("Minute or signal you type it from"), max_length=200, help_text=_("Number and day")
        )
        form.holders = {each.ref: each for each in holders}  # type: ignore[attr-defined]

    @staticmethod
    def of(form: Any) -> tuple[Any, str]:
        """The person whose word it is, None for one's own, and the paper."""
        if "holder" not in form.fields:
            return None, ""
        return form.holders[form.cleaned_data["holder"]], form.cleaned_data["paper"]


class TypedAdviceForm(AdviceForm):
    """Advice that the HR desk types from paper."""

    def __init__(self, *args: Any, holders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Typed.add(self, holders)


class DecisionForm(Form):
    """A decision on one transfer: the way, the reason of the list, the words, and where to."""

    outcome = forms.ChoiceField(
        label=_l("Decision"), widget=forms.RadioSelect, choices=[("approve", _l("Approve")), ("refuse", _l("Refuse"))]
    )
    reason_code = forms.ChoiceField(label=_l("Reason, from the list"))
    reasons = _words(_l("Reasons in writing"), _l("The officer reads them."))
    place = forms.ChoiceField(label=_l("Where to"), widget=forms.RadioSelect, required=False)
    unit = UnitField(label=_l("Another unit"), required=False)
    duty = forms.ModelChoiceField(lookups.duties(), label=_l("Duty"), required=False)
    post_rank = forms.ModelChoiceField(lookups.ranks(), label=_l("Rank of the post"), required=False)
    post_skill = forms.ModelChoiceField(lookups.skills(), label=_l("Skill the post asks for"), required=False)
    report_by = DayField(label=_l("Report by"), required=False)
    overstrength_authority = forms.CharField(
        label=_l("Authority for over-strength"),
        max_length=200,
        required=False,
        help_text=_l("Only where the unit has no free post of this rank and skill: the paper that allows it."),
    )
    considered = _words(
        _l("How the family was weighed"), _l("Where somebody is moved without having asked."), rows=2, required=False
    )

    def __init__(
        self, *args: Any, request: Any, options: list[Any], holders: list[Any], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.options = request, {str(each.unit.code): each for each in options}
        tell(self, reader=None, on=on)
        self.fields["reason_code"].choices = _reasons(is_protected=request.is_protected)  # type: ignore[attr-defined]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            *((code, _place(each)) for code, each in self.options.items()),
            (ELSEWHERE, _("Another unit, named below")),
        ]
        if not getattr(request, "family_impact", None):
            del self.fields["considered"]
        if holders:
            Typed.add(self, holders)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "approve":
            code = data.get("place")
            data["to_unit"] = data.get("unit") if code == ELSEWHERE or not code else self.options[code].unit
            if data["to_unit"] is None and "unit" not in self.errors:
                self.add_error("unit" if code == ELSEWHERE else "place", _("Say where the officer goes."))
            for name in ("duty", "post_rank", "report_by"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed for an approval."))
        return data

    @property
    def approves(self) -> bool:
        """Whether it grants the transfer."""
        return self.cleaned_data["outcome"] == "approve"

    @property
    def move(self) -> Move | None:
        """Where to, for an approval."""
        names = ("to_unit", "duty", "post_rank", "report_by", "post_skill", "overstrength_authority")
        return Move(**{name: self.cleaned_data[name] for name in names}) if self.approves else None


def _reasons(*, is_protected: bool) -> list[Any]:
    granting = [reasons.REASONS[reasons.NEUTRAL]] if is_protected else reasons.granting()
    return [
        ("", "–"),
        (_("To approve"), [(each.code, each.en) for each in granting]),
        (_("To refuse"), [(each.code, each.en) for each in reasons.refusing()]),
    ]


def _place(option: Any) -> str:
    if option.free is None:
        free = _("no establishment on record")
    elif option.free > 0:
        free = ngettext("%(n)s free post", "%(n)s free posts", option.free) % {"n": option.free}
    else:
        free = _("no free post")
    where = _("proposed") if not option.position else _("choice %(n)s") % {"n": option.position}
    home = f", {_('home county')}" if option.in_home_county else ""
    return f"{option.unit.name}: {where}, {free}{home}"


class ManyForm(Form):
    """One decision on many transfers."""

    outcome = forms.ChoiceField(
        label=_l("Decision"), widget=forms.RadioSelect, choices=[("approve", _l("Approve")), ("refuse", _l("Refuse"))]
    )
    reason_code = forms.ChoiceField(label=_l("Reason, from the list"))
    reasons = _words(_l("Reasons in writing"), _l("Every one of the officers reads them."))
    report_by = DayField(
        label=_l("Report by"),
        required=False,
        help_text=_l(
            "For those of which nothing is proposed. Each goes to the first place of the list with a free post."
        ),
    )

    def __init__(self, *args: Any, holders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = _reasons(is_protected=False)  # type: ignore[attr-defined]
        if holders:
            Typed.add(self, holders)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "approve" and not data.get("report_by") and "report_by" not in self.errors:
            self.add_error("report_by", _("Needed for an approval."))
        found = reasons.of(data.get("reason_code", ""))
        if found is not None and data.get("outcome") and found.grants != (data["outcome"] == "approve"):
            self.add_error("reason_code", _("Choose a reason from the list that fits the decision."))
        return data

    @property
    def approves(self) -> bool:
        """Whether it grants the transfers."""
        return self.cleaned_data["outcome"] == "approve"


class ReasonForm(Form):
    """A deed that needs its reason and nothing else: lifting a stop, passing over."""

    reason = _words(_l("Why"), rows=3)


class LiftForm(Form):
    """Lifting a stop."""

    reason = forms.CharField(
        label=_l("Why it is lifted"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("In a sentence. It is published with the count, so name nobody."),
    )


class DirectionForm(Form):
    """Putting on record what somebody directed."""

    directed_by = forms.CharField(label=_l("Directed by"), max_length=200, help_text=_l("Name and office, as told"))
    directed_on = DayField(label=_l("On which day"))
    is_oral = forms.ChoiceField(
        label=_l("How"),
        widget=forms.RadioSelect,
        choices=[("no", _l("In writing")), ("yes", _l("By word of mouth: it blocks until the paper is attached"))],
    )
    what = _words(_l("What was directed"), rows=3)
    dissent = _words(_l("Your dissent, if any"), _l("It stays on record with your name."), rows=3, required=False)
    paper_reference = forms.CharField(label=_l("Number and day of the paper"), max_length=120, required=False)
    paper = forms.FileField(
        label=_l("The paper"), required=False, help_text=_l("A PDF, or a photograph of every page"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def clean_is_oral(self) -> bool:
        return bool(self.cleaned_data["is_oral"] == "yes")

    def clean_paper(self) -> Any:
        return _kept(self.cleaned_data.get("paper"))


class PaperForm(Form):
    """Attaching the paper that confirms a direction."""

    reference = forms.CharField(label=_l("Number and day of the paper"), max_length=120)
    paper = forms.FileField(
        label=_l("The paper"), required=False, help_text=_l("A PDF, or a photograph of every page"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )  # fmt: skip

    def clean_paper(self) -> Any:
        return _kept(self.cleaned_data.get("paper"))


def _kept(given: Any) -> Any:
    if not given:
        return None
    return evidence(given)


class ReviewForm(Form):
    """What the review of an emergency move found."""

    upheld = forms.ChoiceField(
        label=_l("The emergency move"),
        widget=forms.RadioSelect,
        choices=[("yes", _l("was right and stands")), ("no", _l("was not right: it is to be reversed"))],
    )
    outcome = _words(_l("What the review found"), _l("The officer reads it."))

    def clean_upheld(self) -> bool:
        return bool(self.cleaned_data["upheld"] == "yes")
