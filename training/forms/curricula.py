"""Forms about programmes, drafts of their curricula, and orders to integrate them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from hcims.ui.forms import DayField, Form
from training.forms.institutions import PAPER
from training.models import Programme, ProgrammeKind
from training.queries.curricula import may_bind

SPARE = 2
LINE = re.compile(r"(\d{1,4})\s+(.+)")
SHORTEST, LONGEST = 5, 2400  # minutes of a session


class ProgrammeForm(Form):
    """What is said of a programme."""

    name_en = forms.CharField(label=_("Name"), max_length=120)
    name_sw = forms.CharField(label=_("Name in Kiswahili"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=ProgrammeKind.choices)
    owner = forms.CharField(label=_("Whose curriculum it is"), max_length=120, required=False)
    source = forms.CharField(label=PAPER, max_length=300)


class CurriculumForm(Form):
    """The facts of a version of a curriculum."""

    starts_on = DayField(label=_("Taught from"), help_text=_("The version before ends on that day."))
    authority = forms.CharField(label=PAPER, max_length=200)
    note = forms.CharField(label=_("What is new"), max_length=300, required=False)


class SessionsField(forms.CharField):
    """One session a line: its minutes, then its title."""

    widget = forms.Textarea({"rows": 3})

    def clean(self, value: Any) -> Any:
        """The sessions as (title, minutes). Errors: ValidationError that names the line and how to mend it."""
        found = []
        for number, line in enumerate(str(super().clean(value) or "").splitlines(), start=1):
            if not line.strip():
                continue
            read = LINE.fullmatch(line.strip())
            if read is None:
                raise ValidationError(
                    _t("Line %(number)s: begin with the minutes, then the title, such as “45 Opening circle”."),
                    params={"number": number},
                )
            minutes = int(read[1])
            if not SHORTEST <= minutes <= LONGEST:
                raise ValidationError(
                    _t("Line %(number)s: a session takes from %(least)s to %(most)s minutes."),
                    params={"number": number, "least": SHORTEST, "most": LONGEST},
                )
            found.append((read[2][:160], minutes))
        return found


class PartRow(Form):
    """A part of a draft. A row without a name is left out."""

    ref = forms.CharField(required=False, widget=forms.HiddenInput)
    name_en = forms.CharField(label=_("Part"), max_length=120, required=False)
    name_sw = forms.CharField(label=_("In Kiswahili"), max_length=120, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=60_000, required=False)
    sessions = SessionsField(
        label=_("Sessions"),
        required=False,
        help_text=_("One a line, in their order: minutes, then the title. Titles only, no contents."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        together = sum(minutes for _title, minutes in said.get("sessions") or [])
        if said.get("name_en") and said.get("minutes") is None and "minutes" not in self.errors:
            said["minutes"] = together
        if together > (said.get("minutes") or 0) and "minutes" not in self.errors:
            self.add_error(
                "minutes",
                _("The sessions together take %(together)s minutes: more than the part.") % {"together": together},
            )
        if not said.get("name_en") and (said.get("minutes") or together):
            self.add_error("name_en", _("Give the part a name, or empty its row."))
        return said


def part_rows(data: Any, version: Any) -> Any:
    """The parts of a draft as rows to edit, with empty ones below."""
    initial = [
        {"ref": each.ref, "name_en": each.name_en, "name_sw": each.name_sw, "minutes": each.minutes,
         "sessions": "\n".join(f"{one.minutes} {one.title}" for one in each.sessions.all())}
        for each in version.parts.all()
    ]  # fmt: skip
    return forms.formset_factory(PartRow, extra=SPARE, max_num=60)(data, prefix="parts", initial=initial)


class OrderForm(Form):
    """The order that a programme is taught in every course under a unit."""

    programme = forms.ModelChoiceField(
        Programme.objects.filter(kind=ProgrammeKind.INTEGRATED), label=_("Programme"), empty_label=None
    )
    unit = forms.ModelChoiceField(
        may_bind(),
        label=_("Whom it binds"),
        empty_label=_("Choose"),
        help_text=_("Every institution under this command."),
    )
    starts_on = DayField(label=_("Given on"))
    deadline = DayField(label=_("To be carried out by"))
    authority = forms.CharField(label=_("The order (who gave it, paper, number, date)"), max_length=200)
