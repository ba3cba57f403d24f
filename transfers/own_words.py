"""What codes of this module are called on an officer's own pages: whole sentences, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

KINDS: Words = {
    "request": _("A transfer I ask for"),
    "exchange": _("Exchange of places"),
    "compassionate": _("Compassionate transfer"),
    "emergency": _("Emergency transfer"),
    "service-need": _("Proposed for the service"),
    "rotation": _("Rotation"),
    "within-command": _("Deployment within the command"),
}
PROTECTED_KIND = _("Protected request")
STANDS: Words = {
    "draft": _("You are still writing it. Nobody else sees it."),
    "advice": _("It waits for advice."),
    "decision": _("It waits for a decision."),
    "pooled": _("It waits for the round, where it is weighed with all others."),
    "approved": _("It was approved. HR prepares the order; until then it may still be taken back."),
    "published": _("The order is out."),
    "completed": _("You have arrived. It is over."),
    "refused": _("It was refused."),
    "withdrawn": _("It was withdrawn."),
    "cancelled": _("The order was cancelled. You stay where you are."),
}
TONES = {
    "advice": "wait", "decision": "wait", "pooled": "wait", "approved": "good", "published": "good", "completed": "good",
    "refused": "bad", "withdrawn": "off", "cancelled": "off", "draft": "off",
}  # fmt: skip
SHORT: Words = {
    "draft": _("not sent yet"),
    "advice": _("with a commander"),
    "decision": _("to be decided"),
    "pooled": _("waits for the round"),
    "approved": _("approved"),
    "published": _("order issued"),
    "completed": _("you have arrived"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn"),
    "cancelled": _("cancelled"),
}
CHECKED: Words = {
    "unverified": _("HR has not checked it yet"),
    "verified": _("checked against papers"),
    "refused": _("not accepted"),
}
CHECKED_TONES = {"unverified": "wait", "verified": "good", "refused": "bad"}
VERDICTS: Words = {
    "support": _("supports it"),
    "later": _("supports it once a replacement is there"),
    "oppose": _("does not support it"),
    "none": _("no advice given; the HR desk went on without it"),
}
STOPS: Words = {
    "discipline": _("A discipline case is open: a transfer is no punishment, and no way out."),
    "school-term": _("The move would fall into a school term, and the questions about your family are not answered."),
    "too-soon": _("You have not been at your station for the shortest time that the rule sets."),
    "too-many": _("You were moved as often as the rule allows in the period."),
    "allowance": _("An allowance for an earlier move is due and not shown as paid."),
    "oral-direction": _("Somebody directed it by word of mouth; the paper is missing."),
    "home-area": _("The place lies in your home county."),
    "over-strength": _("The post has no free place of your rank."),
    "family": _("A dependant with a disability, or a child in an examination year, must be weighed first."),
    "frozen": _("A court has frozen the power to decide."),
}
SECOND_AUTHORITY = _("a second authority: Inspector General, Deputy Inspector General or the Commission")
