"""What codes of this module are called on pages, in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

KINDS: Words = {
    "request": _("Own request"),
    "exchange": _("Mutual exchange"),
    "compassionate": _("Compassionate"),
    "emergency": _("Emergency"),
    "service-need": _("Need of the service"),
    "rotation": _("Rotation"),
    "within-command": _("Within the command"),
}
LANGUAGES: Words = {code: _(name) for code, name in settings.LANGUAGES}
STATES: Words = {
    "draft": _("being written"),
    "advice": _("waiting for advice"),
    "decision": _("waiting for a decision"),
    "pooled": _("waiting for the round"),
    "approved": _("approved, to be published"),
    "published": _("order issued"),
    "completed": _("arrived"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn"),
    "cancelled": _("cancelled after the order"),
}
STATE_TONES = {
    "advice": "wait", "decision": "wait", "pooled": "wait", "approved": "good", "published": "good", "completed": "good",
    "refused": "bad", "withdrawn": "off", "cancelled": "off", "draft": "off",
}  # fmt: skip
VERDICTS: Words = {
    "support": _("I support it"),
    "later": _("I support it once a replacement is there"),
    "oppose": _("I do not support it"),
    "none": _("no advice given"),
}
GIVEN: Words = {
    "support": _("supports it"),
    "later": _("supports it once a replacement is there"),
    "oppose": _("does not support it"),
    "none": _("no advice given: passed over by the HR desk"),
}
VERDICT_TONES = {"support": "good", "later": "wait", "oppose": "bad", "none": "off"}
CHECKED: Words = {"unverified": _("not yet checked"), "verified": _("verified"), "refused": _("not accepted")}
CHECKED_TONES = {"unverified": "wait", "verified": "good", "refused": "bad"}
STOPS: Words = {
    "discipline": _("open discipline case"),
    "school-term": _("school term"),
    "too-soon": _("too soon"),
    "too-many": _("too many moves"),
    "allowance": _("allowance not paid"),
    "oral-direction": _("oral direction"),
    "home-area": _("home area"),
    "over-strength": _("no free post"),
    "family": _("family duty"),
    "frozen": _("power frozen"),
}
ORDER_STATES: Words = {
    "waiting": _("waiting for release"),
    "refused": _("release refused"),
    "released": _("released"),
    "suspended": _("suspended"),
    "departed": _("on the way"),
    "arrived": _("arrived"),
    "cancelled": _("cancelled"),
}
ORDER_TONES = {
    "waiting": "wait", "refused": "bad", "released": "good", "suspended": "bad", "departed": "wait", "arrived": "good",
    "cancelled": "off",
}  # fmt: skip
