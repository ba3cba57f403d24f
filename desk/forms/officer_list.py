"""The filters of the officer list. Within one filter any of its values, between filters all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from desk.queries import choices
from desk.queries.finding import visible_unit
from hcims.ui.forms import DayField, Form
from organisation.models import Line
from organisation.models.catalogue import Cadre, Service
from personnel.models import Member, Sex

PRESENCE = [
    ("", _l("Posted or not")),
    ("posted", _l("Posted")),
    ("effective", _l("Posted and present")),
    ("away", _l("Away")),
    ("attachment", _l("Attached elsewhere")),
    ("secondment", _l("Seconded")),
    ("course", _l("On course")),
    ("suspension", _l("Suspended")),
    ("leave", _l("On long leave")),
    ("unposted", _l("Without a posting")),
]
TENURE = [
    ("", _l("Any")),
    ("over", _l("Over the limit")),
    ("12", _l("1 year and more")),
    ("24", _l("2 years and more")),
    ("36", _l("3 years and more")),
    ("60", _l("5 years and more")),
    ("unknown", _l("Start unknown")),
]
RETIRES = [
    ("", _l("Any")),
    ("6", _l("6 months")),
    ("12", _l("1 year")),
    ("24", _l("2 years")),
    ("36", _l("3 years")),
    ("60", _l("5 years")),
]


def several(label: Any) -> forms.MultipleChoiceField:
    """A filter that takes any of its values, which the form loads."""
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.SelectMultiple(attrs={"size": 5}))


def ticked(label: Any, options: type[TextChoices]) -> forms.MultipleChoiceField:
    """A filter of few values, as boxes."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(value, _l(str(text))) for value, text in options.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class OfficerFilters(Form):
    """Read from the address; a link keeps them."""

    unit = forms.CharField(label=_l("Unit and all below"), required=False, max_length=120)
    rank = several(_l("Rank"))
    cadre = ticked(_l("Cadre"), Cadre)
    service = ticked(_l("Service"), Service)
    presence = forms.ChoiceField(label=_l("Presence"), choices=PRESENCE, required=False)
    tenure = forms.ChoiceField(label=_l("Time at the unit"), choices=TENURE, required=False)
    retires = forms.TypedChoiceField(
        label=_l("Retires within"), choices=RETIRES, required=False, coerce=int, empty_value=None
    )
    skill = several(_l("Skill"))
    duty = several(_l("Duty"))
    noncore = forms.BooleanField(label=_l("Non-core duty only"), required=False)
    sex = ticked(_l("Sex"), Sex)
    member = ticked(_l("Member"), Member)
    home_county = several(_l("Home county"))
    county = several(_l("County of the unit"))
    line = ticked(_l("Line of command"), Line)
    in_unit = forms.CharField(label=_l("This unit only"), required=False, max_length=120)
    post_rank = several(_l("Rank of the post"))
    post_skill = forms.CharField(label=_l("Skill of the post"), required=False, max_length=30)
    on = DayField(label=_l("As of"), required=False)

    # Those that stand open above the list; the others unfold.
    FIRST = ("unit", "presence", "tenure", "retires")
    # Those that links from other pages set and nobody types.
    LINKED = ("in_unit", "post_rank", "post_skill", "county", "line")

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        ranks, counties = choices.ranks(), choices.counties()
        loaded = {"rank": ranks, "post_rank": ranks, "county": counties, "home_county": counties}
        for name, options in (loaded | {"skill": choices.skills(), "duty": choices.duties()}).items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def _unit(self, name: str) -> Any:
        text = self.cleaned_data[name].strip()
        if not text:
            return None
        unit = visible_unit(self.user, text, on=self.today)
        if unit is None:
            raise ValidationError(_("No unit of this code or name in your area; a code always finds it."))
        return unit

    def clean_unit(self) -> Any:
        return self._unit("unit")

    def clean_in_unit(self) -> Any:
        return self._unit("in_unit")

    def clean_on(self) -> date | None:
        """A past day; nothing for today, which is no filter. No day to come."""
        on = self.cleaned_data["on"]
        if on is not None and on > self.today:
            raise ValidationError(_("The list of a day to come is not known yet."))
        return None if on == self.today else on

    @property
    def asked(self) -> dict[str, Any]:
        """The filters in force; those in error are left out, and the page says which."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return cleaned | {"on": cleaned.get("on") or self.today}
