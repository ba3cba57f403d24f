"""The choices of the bird's-eye page, read from its address. What cannot be read is said, and the usual taken in its place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deployment.measures import MEASURES, USUAL
from deployment.perspective import COMMAND, FIXED, NOWHERE, PLACE, RELATIVE, WORKING, Perspective
from deployment.queries.catalogue import Catalogue
from hcims.ui.forms import DayField, Form
from organisation.models import Baseline, Cadre, Service
from personnel.models import Sex

EARLIEST = date(2000, 1, 1)
FIRST = ("measure", "baseline", "on")  # stand open; the others unfold
HIDDEN = ("place", "alone", "show")


class PerspectiveForm(Form):
    """All optional; the address of the usual view is empty."""

    measure = forms.ChoiceField(label=_("Show"), required=False)
    baseline = forms.ChoiceField(label=_("Measured against"), required=False)
    on = DayField(label=_("As of"), required=False)
    rank = forms.ChoiceField(label=_("Rank or cadre of the post"), required=False)
    skill = forms.ChoiceField(label=_("Skill of the post"), required=False)
    service = forms.ChoiceField(label=_("Service of the officer"), required=False)
    sex = forms.ChoiceField(label=_("Sex of the officer"), required=False)
    tenure = forms.ChoiceField(
        label=_("Time at the unit"),
        choices=[("", _("Any")), ("over", _("Over the limit")), ("unknown", _("Arrival unknown"))],
        required=False,
    )
    counties = forms.ChoiceField(
        label=_("Counties"), choices=[(COMMAND, _("by command")), (PLACE, _("by place"))], required=False
    )
    shade = forms.ChoiceField(
        label=_("Shades"), choices=[(RELATIVE, _("compare the parts")), (FIXED, _("fixed scale"))], required=False
    )
    place = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    alone = forms.ChoiceField(required=False, choices=[("", ""), ("yes", "yes")], widget=forms.HiddenInput)

    def __init__(self, asked: Any, *, today: date, catalogue: Catalogue) -> None:
        given = {name: value for name, value in asked.items() if value}
        usual = {"measure": USUAL, "baseline": WORKING, "counties": COMMAND, "shade": RELATIVE}
        if not any(name.startswith("on_") for name in given):  # a whole day would speak louder than its boxes
            usual["on"] = today.isoformat()
        super().__init__({**usual, **given})
        self.today, self.catalogue = today, catalogue
        options: dict[str, list[tuple[Any, Any]]] = {
            "measure": [(each.code, each.label) for each in MEASURES.values()],
            "baseline": [(value, _(label)) for value, label in Baseline.choices],
            "rank": [("", _("All ranks")), *_rank_choices(catalogue)],
            "skill": [
                ("", _("Any")),
                (NOWHERE, _("None asked for")),
                *[(each.code, each.name) for each in catalogue.skills],
            ],
            "service": [("", _("All")), *[(value, _(label)) for value, label in Service.choices]],
            "sex": [("", _("All")), *[(value, _(label)) for value, label in Sex.choices]],
            "place": [("", ""), (NOWHERE, _("no county")), *[(each.code, each.name) for each in catalogue.counties]],
        }
        for name, choices in options.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and day < EARLIEST:
            raise forms.ValidationError(_("There are no figures before 2000. Choose a later day."))
        return day

    def perspective(self) -> Perspective:
        """What was chosen; the usual where nothing was, or nothing that can be read."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        chosen["alone"] = chosen.get("alone") == "yes"
        return Perspective(**{"on": self.today, **chosen, "today": self.today})

    @property
    def first(self) -> list[Any]:
        """The fields that stand open."""
        return [self[name] for name in FIRST]

    @property
    def others(self) -> list[Any]:
        """The fields that unfold."""
        return [self[name] for name in self.fields if name not in (*FIRST, *HIDDEN)]

    @property
    def has_filters(self) -> bool:
        """Whether something unfolds to more than the usual."""
        look = self.perspective()
        return look != look.without_filters() or look.counties != COMMAND or look.shade != RELATIVE


def _rank_choices(catalogue: Catalogue) -> list[tuple[Any, Any]]:
    cadres = dict.fromkeys(each.group for each in catalogue.ranks)
    return [
        (_("Cadres"), [(code, _(Cadre(code).label)) for code in cadres]),
        (_("Ranks"), [(each.code, each.name) for each in catalogue.ranks]),
    ]
