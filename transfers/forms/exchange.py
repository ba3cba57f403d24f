"""An offer to exchange posts: up to five stations, in order, by name or code."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.forms.fields import UnitField, tell
from hcims.ui.forms import Form

LINES = 5


class OfferForm(Form):
    """Stations whose post the officer would take, best first."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, LINES + 1):
            self.fields[f"place_{number}"] = UnitField(
                label=_("Station %(number)s") % {"number": number}, required=number == 1,
                help_text=_l("Code or full name") if number == 1 else "",
            )  # fmt: skip
        tell(self, reader=None, on=on)

    @property
    def wishes(self) -> list[Any]:
        """The stations named, in order."""
        found = (self.cleaned_data.get(f"place_{number}") for number in range(1, LINES + 1))
        return [each for each in found if each is not None]
