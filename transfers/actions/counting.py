"""Keeping the figures of a board's page beside the awards that they count."""

from __future__ import annotations

from transfers.models import Round, RoundFigure
from transfers.queries.board_figures import counted

AT_ONCE = 1_000


def count_board(round: Round) -> None:
    """This function will count the awards of a round anew and keep the figures. Called inside every action that changes them."""
    found = list(counted(round))
    RoundFigure.objects.filter(round=round).delete()
    RoundFigure.objects.bulk_create(found, batch_size=AT_ONCE)
