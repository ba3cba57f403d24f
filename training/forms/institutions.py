"""Forms about institutions: what they have to teach with, and who teaches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from training.models import CalendarKind, Course, InstitutionKind, Programme
from training.queries.choices import skills_to_teach

PAPER = _("What it rests on (paper, number, date)")


class InstitutionFilters(Form):
    """What the list of institutions is narrowed to."""

    q = forms.CharField(label=_("Name or code"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Every kind")), *InstitutionKind.choices], required=False)
    course = forms.ModelChoiceField(
        Course.objects.filter(in_use=True), label=_("Gives the course"), empty_label=_("Any"), required=False
    )
    state = forms.ChoiceField(
        label=_("Only those"), required=False,
        choices=[("", _("All")), ("undescribed", _("not described yet")), ("no-courses", _("without a course")),
                 ("lapsed", _("with lapsed certificates"))],
    )  # fmt: skip


class InstructorFilters(Form):
    """What the list of instructors is narrowed to."""

    q = forms.CharField(label=_("Service number or surname"), required=False)
    unit = forms.ChoiceField(label=_("Institution"), required=False)
    state = forms.ChoiceField(
        label=_("Only those"), required=False,
        choices=[("", _("All")), ("lapsed", _("with a lapsed certificate")), ("due", _("with one that lapses soon")),
                 ("none", _("without a certificate")), ("elsewhere", _("posted elsewhere meanwhile"))],
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All")), *units]  # type: ignore[attr-defined]


class InstitutionForm(Form):
    """The size of an institution."""

    kind = forms.ChoiceField(label=_("Kind"), choices=InstitutionKind.choices)
    capacity = forms.IntegerField(
        label=_("Trainees at one time"), min_value=0, max_value=50_000,
        help_text=_("How many can be taught on the same day, by rooms and instructors."),
    )  # fmt: skip
    beds = forms.IntegerField(
        label=_("Beds"), min_value=0, max_value=50_000, help_text=_("0 where nobody sleeps there.")
    )
    paper = forms.CharField(label=PAPER, max_length=200)


class RoomForm(Form):
    """A room to teach in."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As it stands on the door."))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=5_000)


class ChangeRoomForm(RoomForm):
    in_use = forms.BooleanField(label=_("In use"), required=False, help_text=_("Untick while it cannot be taught in."))


class OfferForm(Form):
    """A course that the institution begins to give."""

    course = forms.ModelChoiceField(Course.objects.none(), label=_("Course"), empty_label=_("Choose"))
    starts_on = DayField(label=_("Given from"))
    authority = forms.CharField(label=PAPER, max_length=200)

    def __init__(self, *args: Any, courses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]


class EndForm(Form):
    """A day from which something no longer holds, and the paper."""

    ends_on = DayField(label=_("From which day no more"))
    paper = forms.CharField(label=PAPER, max_length=200)


class DaysForm(Form):
    """Days of the calendar."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CalendarKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Such as: Term 1."))
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"), help_text=_("Counted too; for one day the same as the first."))


class ChangeDaysForm(DaysForm):
    is_withdrawn = forms.BooleanField(
        label=_("Take it out of the calendar"), required=False, help_text=_("Entered in error, or called off.")
    )


class InstructorForm(Form):
    """A member of the service who is to teach here."""

    service_number = forms.CharField(label=_("Service number"), max_length=12)
    starts_on = DayField(label=_("Teaches from"))
    authority = forms.CharField(label=PAPER, max_length=200)


class CertificateForm(Form):
    """What an instructor is certified to teach: one programme, one course or one skill."""

    what = forms.ChoiceField(label=_("Certified to teach"))
    number = forms.CharField(label=_("Number of the certificate"), max_length=80)
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(
        label=_("No longer counts from"), required=False, help_text=_("Leave empty if it does not lapse.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things = {
            f"{kind}/{each.code}": (kind, each)
            for kind, rows in (
                ("programme", Programme.objects.all()),
                ("course", Course.objects.filter(in_use=True)),
                ("skill", skills_to_teach()),
            )
            for each in rows
        }
        groups = {"programme": _("A programme"), "course": _("A course"), "skill": _("A skill")}
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((words, [(key, str(each)) for key, (of, each) in self.things.items() if of == kind])
              for kind, words in groups.items()),
        ]  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What the action takes: the number, the days, and the one thing named."""
        sent = dict(self.cleaned_data)
        kind, thing = self.things[sent.pop("what")]
        return {**sent, kind: thing}


class WithdrawForm(Form):
    """Why something no longer counts."""

    reason = forms.CharField(label=_("Why it no longer counts"), max_length=200)
