"""Planning a cohort, its seats and those kept; cancelling; who teaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.permissions import Permission
from hcims.ui.forms import DayField, Form
from organisation.forms.fields import UnitField
from training.actions.cohorts import Days, ShareOf

SEXES = [("F", _l("Women")), ("M", _l("Men")), ("", _l("Either"))]


class CohortForm(Form):
    """When, where, how many seats, and which of them are kept."""

    course = forms.ChoiceField(label=_l("Course"), help_text=_l("Courses with an approved version"))
    unit = UnitField(label=_l("Held by"), help_text=_l("Code or name of the institution, or of the command"))
    title = forms.CharField(label=_l("Name of this running"), max_length=120, help_text=_l("Such as Intake 3 of 2026"))
    venue = forms.CharField(label=_l("Where"), max_length=120, required=False)
    form = forms.ChoiceField(
        label=_l("Form"),
        choices=[("course", _l("Course")), ("group-series", _l("Group series")), ("workshop", _l("Workshop"))],
    )
    first_on = DayField(label=_l("First day"))
    last_on = DayField(label=_l("Last day"))
    nominate_by = DayField(
        label=_l("Names until"), required=False, help_text=_l("The last day on which commanders put names forward")
    )
    seats = forms.IntegerField(label=_l("Seats"), min_value=1, max_value=10_000)
    staff_needed = forms.IntegerField(label=_l("Facilitators needed"), min_value=1, max_value=100, initial=1)
    weeks = forms.IntegerField(label=_l("Weeks of a group series"), min_value=1, max_value=104, required=False)

    def __init__(
        self,
        *args: Any,
        reader: Any,
        on: date,
        versions: list[Any],
        regions: list[Any],
        only: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        seen = {each.course.code: str(each.course) for each in versions}
        self.fields["course"].choices = list(seen.items())  # type: ignore[attr-defined]
        unit: Any = self.fields["unit"]
        unit.for_reader(reader, on=on, permission=Permission.RUN_TRAINING)
        if only is not None and not self.initial.get("unit"):
            self.initial["unit"] = only.code
        self.regions = {each.code: each for each in regions}
        for code in ("", *self.regions):
            for sex, words in SEXES:
                if code or sex:
                    label = f"{self.regions[code] if code else _('Any region')}, {words}"
                    self.fields[self.share_name(code, sex)] = forms.IntegerField(
                        label=label, min_value=0, max_value=10_000, required=False
                    )

    @staticmethod
    def share_name(region: str, sex: str) -> str:
        """The name of one box of the grid of kept seats."""
        return f"share-{region or 'any'}-{sex or 'either'}"

    @property
    def grid(self) -> list[tuple[Any, list[Any]]]:
        """The boxes of kept seats: a row for each region, a column for each sex."""
        rows: list[tuple[Any, list[Any]]] = []
        for code in ("", *self.regions):
            boxes = [self[self.share_name(code, sex)] if code or sex else None for sex, _words in SEXES]
            rows.append((self.regions[code] if code else _("Any region"), boxes))
        return rows

    @property
    def plain_fields(self) -> list[Any]:
        """The fields above the grid."""
        return [each for each in self.visible_fields() if not each.name.startswith("share-")]

    @property
    def days(self) -> Days:
        """The days, as the action takes them."""
        data = self.cleaned_data
        return Days(data["first_on"], data["last_on"], data["nominate_by"])

    @property
    def shares(self) -> list[ShareOf]:
        """The seats kept, as the action takes them."""
        found = []
        for code in ("", *self.regions):
            for sex, _words in SEXES:
                seats = self.cleaned_data.get(self.share_name(code, sex)) if code or sex else None
                if seats:
                    found.append(ShareOf(seats, self.regions.get(code), sex))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last, until = data.get("first_on"), data.get("last_on"), data.get("nominate_by")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first."))
        if first and until and until > first:
            self.add_error("nominate_by", _("Nominations would end after the first day."))
        return data

    @staticmethod
    def first_values(cohort: Any) -> dict[str, Any]:
        """What a planned cohort is filled in with when it is changed."""
        names = ("title", "venue", "form", "first_on", "last_on", "nominate_by", "seats", "staff_needed", "weeks")
        values = {name: getattr(cohort, name) for name in names}
        values |= {"course": cohort.version.course.code, "unit": cohort.unit.code}
        for each in cohort.shares.select_related("region"):
            values[CohortForm.share_name(each.region.code if each.region else "", each.sex)] = each.seats
        return values


class WhyForm(Form):
    """A deed that needs its reason and nothing else."""

    reason = forms.CharField(
        label=_l("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("In a sentence; it is read by those it concerns."),
    )


class StaffForm(Form):
    """Who teaches: one service number a line; a word behind it says as what."""

    numbers = forms.CharField(
        label=_l("Facilitators"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_l(
            "One service number a line. Behind it “leads” or “assesses”, where somebody does more than facilitate."
        ),
    )

    WORDS = {"lead": "lead", "leads": "lead", "assess": "assessor", "assesses": "assessor", "assessor": "assessor"}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Number and role, line by line."""
        found = []
        for line in self.cleaned_data["numbers"].splitlines():
            number, _space, word = line.strip().partition(" ")
            if number:
                found.append((number, self.WORDS.get(word.strip().casefold(), "facilitator")))
        return found
