"""Words of the sealed pages that stand in no table: levels and kinds of risk, and what a questionnaire's score is called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

RISK_LEVELS = [
    ("none", _("None seen")),
    ("low", _("Low")),
    ("medium", _("Medium")),
    ("high", _("High")),
    ("immediate", _("Immediate")),
]
RISK_KINDS = [
    ("self", _("Danger to self")),
    ("others", _("Danger to others")),
    ("child-or-elder", _("Abuse of a child or an elder")),
    ("domestic", _("Domestic violence")),
]
_SEVERITY = {
    "minimal": _("minimal"),
    "mild": _("mild"),
    "moderate": _("moderate"),
    "moderately-severe": _("moderately severe"),
    "severe": _("severe"),
    "low": _("low"),
    "high": _("high"),
    "very-high": _("very high"),
}
# The cut-offs themselves, with their sources, are in js/sealed/instruments.js; a test compares the two lists.
BANDS = {
    "phq9": {each: _SEVERITY[each] for each in ("minimal", "mild", "moderate", "moderately-severe", "severe")},
    "gad7": {each: _SEVERITY[each] for each in ("minimal", "mild", "moderate", "severe")},
    "pcl5": {"below-cut": _("below the cut-point of 31 to 33"), "at-cut": _("at or above the cut-point of 31 to 33")},
    "audit": {
        "zone-1": _("zone I, low risk"),
        "zone-2": _("zone II, hazardous"),
        "zone-3": _("zone III, harmful"),
        "zone-4": _("zone IV, dependence is possible"),
    },
    "k10": {each: _SEVERITY[each] for each in ("low", "moderate", "high", "very-high")},
}
