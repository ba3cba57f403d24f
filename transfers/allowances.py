"""Which allowance a move carries. Pure: a move at the officer's own request carries none."""

from __future__ import annotations

from transfers.models import Award, Standing, TransferRequest

NONE, TRANSFER, HARDSHIP = "none", "transfer", "hardship"
_OWN_WISH = frozenset({"request", "exchange", "compassionate"})
_NEAR = frozenset({"within-command"})
SOURCE = "LN 89/2015; officers who ask for a transfer get no transfer allowance"


def class_of(kind: str, *, is_protected: bool, is_volunteer: bool, into_hardship: bool) -> str:
    """The class for a kind of move. Shape: `kind` of TransferKind, "round" (where `is_volunteer` decides) or "reversal".

    Whoever must be brought to safety did not ask for the cause: a protected request is paid like a posting by the service.
    """
    own = kind in _OWN_WISH or (kind == "round" and is_volunteer)
    if (own and not is_protected) or kind in _NEAR:
        return NONE
    return HARDSHIP if into_hardship else TRANSFER


def of_move(kind: str, request: TransferRequest | None, award: Award | None, *, into_hardship: bool) -> str:
    """The class for a move that rests on a request, on an award of a round, on both or on neither."""
    return class_of(
        kind,
        is_protected=request is not None and request.is_protected,
        is_volunteer=award is not None and award.participation.standing == Standing.VOLUNTEER,
        into_hardship=into_hardship,
    )
