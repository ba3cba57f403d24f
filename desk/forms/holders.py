"""What a reader may ask of the list of those who hold an office at a unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hcims.access.roles import ROLES
from organisation.forms.filters import DayForm


class HolderFilter(DayForm):
    """One office, and the day."""

    role = forms.ChoiceField(label=_("Office"), required=False)
    field_order = ("role", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, role.name) for code, role in ROLES.items() if code != "officer"]
        self.fields["role"].choices = [("", _("All offices")), *named]  # type: ignore[attr-defined]

    @property
    def asked(self) -> str:
        """The office asked for; none where the address names one that does not exist."""
        self.is_valid()
        return self.cleaned_data.get("role", "")
