"""Rounds in words: states, who holds the pen, the calendar, what may be done now, the proof, the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hcims.access.permissions import Permission as P
from transfers.models import Round, RoundState
from transfers.policies.rounds import holds

Text = str | Promise
_S = RoundState

STATES: dict[str, Text] = {
    _S.DRAFT: gettext_lazy("Being prepared"),
    _S.ANNOUNCED: gettext_lazy("Announced"),
    _S.OPEN: gettext_lazy("Open for requests"),
    _S.CLAIMS: gettext_lazy("Lists closed; facts may be corrected"),
    _S.FROZEN: gettext_lazy("Frozen; the draw comes next"),
    _S.DRAWN: gettext_lazy("Lottery drawn"),
    _S.SOLVED: gettext_lazy("Computed, before the board"),
    _S.ACCEPTED: gettext_lazy("Accepted, to be signed"),
    _S.PUBLISHED: gettext_lazy("Published"),
    _S.CLOSED: gettext_lazy("Closed"),
    _S.CANCELLED: gettext_lazy("Cancelled"),
}
TONES = {
    **dict.fromkeys((_S.DRAFT, _S.CLOSED, _S.CANCELLED), "off"),
    **dict.fromkeys((_S.ANNOUNCED, _S.OPEN), "info"),
    **dict.fromkeys((_S.CLAIMS, _S.FROZEN, _S.DRAWN, _S.SOLVED, _S.ACCEPTED), "wait"),
    _S.PUBLISHED: "good",
}
PENS: dict[str, Text] = {
    _S.DRAFT: gettext_lazy("HR of the service; another authority announces it"),
    _S.ANNOUNCED: gettext_lazy("HR of the service, by the calendar"),
    _S.OPEN: gettext_lazy("Officers: every request counts until the lists close"),
    _S.CLAIMS: gettext_lazy("Officers and HR: wrong facts are corrected"),
    _S.FROZEN: gettext_lazy("The bodies that committed to the lottery"),
    _S.DRAWN: gettext_lazy("HR of the service"),
    _S.SOLVED: gettext_lazy("The board"),
    _S.ACCEPTED: gettext_lazy("The issuing authority"),
    _S.PUBLISHED: gettext_lazy("The appeal panel"),
    _S.CLOSED: gettext_lazy("Nobody"),
    _S.CANCELLED: gettext_lazy("Nobody"),
}
STEPS = [
    gettext_lazy("Announced"), gettext_lazy("Requests"), gettext_lazy("Corrections"), gettext_lazy("Frozen"),
    gettext_lazy("Drawn"), gettext_lazy("Computed"), gettext_lazy("Board"), gettext_lazy("Published"),
]  # fmt: skip
_AT = {
    _S.DRAFT: 1, _S.ANNOUNCED: 1, _S.OPEN: 2, _S.CLAIMS: 3, _S.FROZEN: 5, _S.DRAWN: 6, _S.SOLVED: 7, _S.ACCEPTED: 8,
    _S.PUBLISHED: 9, _S.CLOSED: 9, _S.CANCELLED: 0,
}  # fmt: skip


def step_of(round: Round) -> int:
    """Which step is under way; those before it are done."""
    return _AT[RoundState(round.state)]


@dataclass(frozen=True)
class Day:
    """One day of the calendar."""

    what: str
    day: date
    is_past: bool
    is_next: bool


def calendar(round: Round, on: date) -> list[Day]:
    """The days of the round in their order, the next one marked."""
    rows = [
        (_("Lists open"), round.opens_on),
        (_("Lists close"), round.closes_on),
        (_("Facts can be corrected until the end of"), round.claims_until),
        (_("Draw"), round.draw_on),
        (_("Report at the new place by"), round.report_by),
        (_("Appeals until"), round.appeals_until),
    ]
    rows.sort(key=lambda row: row[1])
    coming = [day for _what, day in rows if day >= on]
    return [Day(what, day, day < on, bool(coming) and day == coming[0]) for what, day in rows]


def next_day(round: Round) -> tuple[str, date] | None:
    """What happens next by the calendar, in the state the round is in."""
    return {
        _S.DRAFT: (_("opens"), round.opens_on),
        _S.ANNOUNCED: (_("opens"), round.opens_on),
        _S.OPEN: (_("closes"), round.closes_on),
        _S.CLAIMS: (_("facts can be corrected until"), round.claims_until),
        _S.FROZEN: (_("draw"), round.draw_on),
        _S.PUBLISHED: (_("appeals until"), round.appeals_until),
    }.get(RoundState(round.state))


@dataclass(frozen=True)
class Deed:
    """Something the reader may do now: where, in which words; `at_once` where one press does it."""

    url: str
    label: Text
    at_once: bool = False
    not_before: date | None = None


# What may be done in each state: permission, page, words, whether one press does it, and the day of the calendar.
_DEEDS: dict[str, list[tuple[P, str, Text, bool, str]]] = {
    _S.DRAFT: [(P.SIGN_ROUNDS, "round_announce", gettext_lazy("Announce it"), True, "")],
    _S.ANNOUNCED: [
        (P.MANAGE_ROUNDS, "round_commit", gettext_lazy("Enter a commitment to the lottery"), False, ""),
        (P.MANAGE_ROUNDS, "round_open", gettext_lazy("Open the lists"), True, "opens_on"),
    ],
    _S.OPEN: [
        (P.MANAGE_ROUNDS, "round_commit", gettext_lazy("Enter a commitment to the lottery"), False, ""),
        (P.MANAGE_ROUNDS, "round_close", gettext_lazy("Close the lists"), True, "closes_on"),
    ],
    _S.CLAIMS: [(P.MANAGE_ROUNDS, "round_freeze", gettext_lazy("Freeze it"), True, "claims_until")],
    _S.FROZEN: [
        (P.MANAGE_ROUNDS, "round_reveal", gettext_lazy("Enter a revealed number"), False, ""),
        (P.MANAGE_ROUNDS, "round_draw", gettext_lazy("Enter the public draw"), False, "draw_on"),
    ],
    _S.DRAWN: [(P.MANAGE_ROUNDS, "round_compute", gettext_lazy("Compute the result"), True, "")],
    _S.SOLVED: [
        (P.SIT_ON_TRANSFER_BOARD, "board", gettext_lazy("Look at the result as the board"), False, ""),
        (P.MANAGE_ROUNDS, "trials", gettext_lazy("Try other weights or floors"), False, ""),
    ],
    _S.ACCEPTED: [(P.SIGN_ROUNDS, "round_publish", gettext_lazy("Sign and publish"), False, "")],
}
_CANCEL = (P.SIGN_ROUNDS, "round_cancel", gettext_lazy("Cancel the round"), False, "")
_OVER = (_S.PUBLISHED, _S.CLOSED, _S.CANCELLED)


def deeds(round: Round, user: Any, *, on: date) -> list[Deed]:
    """What this reader may do with the round in its state, with the day before which the calendar does not allow it."""
    possible = [*_DEEDS.get(round.state, ()), *(() if round.state in _OVER else (_CANCEL,))]
    found = []
    for permission, name, label, at_once, field in possible:
        if not holds(user, permission, on=on) or (name == "round_announce" and round.created_by_id == user.pk):
            continue
        day: date | None = getattr(round, field) if field else None
        if day and field == "claims_until":
            day += timedelta(days=1)  # facts can be corrected to the end of that day
        url = reverse(f"transfers:{name}", args=[round.code])
        found.append(Deed(url, label, at_once, day if day and day > on else None))
    return found


def feasibility(proof: Mapping[str, Any] | None) -> list[str]:
    """The proof in words: whether all who must move can, and if not what stands in the way."""
    if proof is None:
        return []
    if proof["feasible"]:
        return [_("Everyone who must move can be placed with every floor kept.")]
    officers, places, floors = len(proof["officers"]), len(proof["places"]), proof.get("floors", [])
    said = []
    if officers:
        said.append(
            _("%(officers)s officers who must move can go to %(places)s classes of post alone, and %(missing)s of them find "
              "nothing there, whatever the order.")
            % {"officers": officers, "places": places, "missing": proof.get("missing", 0)}
        )  # fmt: skip
    if floors:
        text = ngettext("%(floors)s floor would fall short.", "%(floors)s floors would fall short.", len(floors))
        said.append(text % {"floors": len(floors)})
    said.append(
        _(
            "The rule book says who is deferred; or the issuing authority relaxes a floor in a new version, for the next round."
        )
    )
    return said


_FIGURES: dict[str, Text] = {
    "participants": gettext_lazy("Took part"),
    "moved": gettext_lazy("Move"),
    "first_choice": gettext_lazy("To their first choice"),
    "overdue": gettext_lazy("Had to move"),
    "overdue_moved": gettext_lazy("Of those who had to, move"),
    "held_by_floors": gettext_lazy("Held back by a floor"),
    "passes": gettext_lazy("Passes until every floor held"),
}


def figures(summary: Mapping[str, int]) -> list[tuple[Text, int]]:
    """The result in figures."""
    return [(label, summary[name]) for name, label in _FIGURES.items() if name in summary]
