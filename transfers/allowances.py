"""Which allowance a move carries, and the words for it on letters and pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from transfers.models import AllowanceClass, Award, Standing, TransferKind, TransferRequest

_OWN_WISH = frozenset({TransferKind.REQUEST, TransferKind.EXCHANGE, TransferKind.COMPASSIONATE})

WORDS: dict[str, str | Promise] = {
    AllowanceClass.NONE: _("No transfer allowance: the move is at the officer's own request"),
    AllowanceClass.TRANSFER: _("Transfer allowance, paid before the move"),
    AllowanceClass.HARDSHIP: _("Transfer allowance and hardship kit, paid before the move"),
}
NEAR = _("No transfer allowance: the move is within the command")


def class_of(kind: str, request: TransferRequest | None, award: Award | None, *, into_hardship: bool) -> AllowanceClass:
    """The class for a move that rests on a request, on an award of a round, on both or on neither.

    Shape: `kind` of TransferKind, "round" or "reversal". Whoever must be brought to safety did not ask for the cause: a
    protected request is paid like a posting by the service. Source: LN 89/2015, officers who ask get no transfer allowance.
    """
    volunteered = kind == "round" and award is not None and award.participation.standing == Standing.VOLUNTEER
    is_protected = request is not None and request.is_protected
    if kind == TransferKind.WITHIN_COMMAND or ((kind in _OWN_WISH or volunteered) and not is_protected):
        return AllowanceClass.NONE
    return AllowanceClass.HARDSHIP if into_hardship else AllowanceClass.TRANSFER


def words_of(kind: str, allowance: str) -> str:
    """What is said of the allowance of a move of a kind, in the language in force."""
    is_near = allowance == AllowanceClass.NONE and kind == TransferKind.WITHIN_COMMAND
    return str(NEAR if is_near else WORDS[allowance])
