"""Plans of calls: the area they draw on, and a person's changes with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.access.permissions import Permission
from hcims.ui.forms import Form
from organisation.forms.fields import UnitField


class NewPlanForm(Form):
    """From which command officers are called."""

    area = UnitField(label=_("Call officers of"), help_text=_("Code or name of a command whose roll-out you lead"))

    def __init__(self, *args: Any, reader: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["area"]
        unit.for_reader(reader, on=on, permission=Permission.LEAD_ROLLOUT)


class NoteForm(Form):
    """Why the plan is changed."""

    note = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("In a sentence; it stays beside the name and in the record")
    )


class PutInForm(NoteForm):
    """Whom to put in, and why."""

    number = forms.CharField(label=_("Service number"), max_length=20)
    field_order = ["number", "note"]
