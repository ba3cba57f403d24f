"""The filters of the list of who is due, and the remark with which officers are put forward."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.forms import DayField, Form
from organisation.queries import units_visible_to
from organisation.queries.catalogue import ranks
from transfers.queries.catalogue import county_names
from transfers.queries.due import Asked

REASONS = {
    "all": _l("Due"),
    "overstay": _l("Over the limit"),
    "hardship": _l("Hardship rotation"),
    "home": _l("Home area"),
    "unknown": _l("Arrival unknown"),
    "soon": _l("Due soon"),
    "retirement": _l("Retiring"),
    "exempt": _l("Exempt"),
}


class DueFilters(Form):
    """Read from the address; a link keeps them."""

    unit = forms.CharField(label=_l("Unit and all below"), required=False, max_length=120)
    rank = forms.ChoiceField(label=_l("Rank"), required=False)
    number = forms.CharField(label=_l("Service number"), required=False, max_length=20)
    on = DayField(label=_l("On the day"), required=False)
    county = forms.CharField(label=_l("County"), required=False, max_length=10, widget=forms.HiddenInput)
    why = forms.CharField(label=_l("Why"), required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        # Not to choose from, but for the words of what the list is filtered by.
        self.fields["county"].choices, self.fields["why"].choices = (  # type: ignore[attr-defined]
            list(county_names().items()),
            list(REASONS.items()),
        )
        self.fields["rank"].choices = [("", _("Every rank")), *((each.code, str(each)) for each in ranks())]  # type: ignore[attr-defined]

    def clean_unit(self) -> Any:
        text = self.cleaned_data["unit"].strip()
        if not text:
            return None
        seen = units_visible_to(self.user, on=self.today)
        found = list(seen.filter(code__iexact=text)[:1]) or list(seen.filter(name__iexact=text)[:2])
        if len(found) != 1:
            raise ValidationError(_("No unit of this code or name in your area; a code always finds it."))
        return found[0]

    @property
    def asked(self) -> Asked:
        """What the list is asked for; filters in error are left out, and the page says which."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        why = data.get("why") if data.get("why") in REASONS else "all"
        return Asked(
            data.get("on") or self.today, str(why), data.get("unit"), data.get("county", ""), data.get("rank", ""),
            data.get("number", "").strip(),
        )  # fmt: skip


class RemarkForm(Form):
    """What is added to the reason that the rule gives."""

    remark = forms.CharField(
        label=_l("Remark"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_l("Added to the reason that the rule gives. The officers read it."),
    )  # fmt: skip
