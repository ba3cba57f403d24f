"""What is typed at the board of a round, and when other rules are tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment.forms.fields import UnitField
from hcims.ui.forms import Form
from transfers import whatif, why_words
from transfers.problem import MECHANISMS

LEVELS = {
    "station": _l("Station"), "ward": _l("Ward"), "sub-county": _l("Sub-county"), "county": _l("County"),
    "region": _l("Region"),
}  # fmt: skip
MECHANISM_WORDS = {
    "deferred-acceptance": _l("Deferred acceptance: nobody with fewer points gets the place you wanted"),
    "top-trading-cycles": _l("Top trading cycles: more moves, but points may be passed over"),
}


def _words(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=4000, widget=forms.Textarea(attrs={"rows": rows})
    )


class AcceptForm(Form):
    """The board accepts."""

    minutes = _words(_l("Minutes"), _l("What the board considered. They stay with the round."), rows=6)


class ReopenForm(Form):
    """The board takes it up again."""

    reason = _words(_l("Why"), rows=3)


class VaryForm(Form):
    """One award is changed."""

    stays = forms.ChoiceField(
        label=_l("The officer"),
        widget=forms.RadioSelect,
        choices=[("yes", _l("stays at the present station")), ("no", _l("goes to another place, named below"))],
    )
    to_unit = UnitField(label=_l("Place"), required=False)
    to_skill: Any = forms.ModelChoiceField(
        label=_l("Post with a skill"), queryset=None, required=False, empty_label=_l("none")
    )
    reason = _words(_l("Reason"), _l("It is published with the result, without the officer's name."))
    despite_floors = forms.BooleanField(
        label=_l("The board does it even if a floor is broken; the floor is named in the published reason"),
        required=False,
    )

    def __init__(self, *args: Any, skills: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_skill"].queryset = skills  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("stays") == "yes":
            data["to_unit"] = data["to_skill"] = None
        elif data.get("stays") == "no" and not data.get("to_unit") and "to_unit" not in self.errors:
            self.add_error("to_unit", _("Say where the officer goes."))
        data.pop("stays", None)
        return data


class TrialForm(Form):
    """Other weights, other floors, another mechanism."""

    label = forms.CharField(label=_l("What is tried, in a few words"), max_length=160)

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        for rule in content.get("points", ()):
            self.fields[f"weight-{rule['code']}"] = forms.IntegerField(
                label=_("Weight of “%(item)s”, in per cent of the rule book") % {"item": why_words.item(rule["code"])},
                min_value=0, max_value=whatif.MOST, initial=100,
            )  # fmt: skip
        for rule in content.get("floors", ()):
            self.fields[f"floor-{rule['level']}"] = forms.IntegerField(
                label=_("Floor at the level “%(level)s”, in per cent") % {"level": LEVELS[rule["level"]]},
                min_value=0, max_value=100, initial=rule["percent"],
            )  # fmt: skip
        self.fields["mechanism"] = forms.ChoiceField(
            label=_("Mechanism"), choices=[(each, MECHANISM_WORDS[each]) for each in MECHANISMS],
            initial=content.get("mechanism"), widget=forms.RadioSelect,
        )  # fmt: skip

    @property
    def changes(self) -> whatif.Changes:
        """What differs from the rule book."""
        data = self.cleaned_data
        weights = {rule["code"]: data[f"weight-{rule['code']}"] for rule in self.content.get("points", ())}
        floors = {rule["level"]: data[f"floor-{rule['level']}"] for rule in self.content.get("floors", ())}
        known = {rule["level"]: rule["percent"] for rule in self.content.get("floors", ())}
        return whatif.Changes(
            weights={code: percent for code, percent in weights.items() if percent != 100},
            floors={level: percent for level, percent in floors.items() if percent != known[level]},
            mechanism=data["mechanism"] if data["mechanism"] != self.content.get("mechanism") else "",
        )
