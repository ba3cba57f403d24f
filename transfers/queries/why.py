"""Why, and why not: what an officer is told of an award or of a decision. Never another officer's name or number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hcims.errors import NotFound
from organisation.models import Unit
from transfers import why_words as words
from transfers.models import Advice, Appeal, Award, Participation, Round, RoundState, Stop, TransferRequest
from transfers.policies import appeals as appeal_rules
from transfers.policies import exchange as exchange_rules

TOLD = (RoundState.PUBLISHED, RoundState.CLOSED)


@dataclass(frozen=True)
class Line:
    """One line of the officer's points."""

    label: str
    points: int
    where: str  # empty: everywhere
    basis: str


@dataclass(frozen=True)
class Told:
    """One place asked for, and why it was not given, or was."""

    number: int
    place: str
    code: str
    words: str  # the reason in a sentence
    tone: str
    points: int
    items: list[Line]
    cutoff: int | None
    cutoff_ticket: str
    ceiling: str
    seats: int
    stayed: int
    newcomers: int
    rule: str
    change: str  # what would have given it, in a sentence; empty: not worked out yet
    asked: bool  # on the officer's own list

    @property
    def by_lottery(self) -> bool:
        """Whether the ticket decided."""
        return self.code == "lottery"


@dataclass(frozen=True)
class Floor:
    """The staffing line that held the officer."""

    where: str
    floor: int
    projected: int
    line: int
    release: int


@dataclass(frozen=True)
class Why:
    """The page of an award."""

    award: Award
    participation: Participation
    round: Round
    outcome: Unit | None  # None: stays
    said: str
    choices: list[Told]
    floor: Floor | None
    items: list[Line]
    ticket: str
    seed: str
    waiting: int  # rounds without a place, this one included
    waiting_points: int  # what that gives in the next
    appeal_by: date | None
    appeal: Appeal | None
    is_worked_out: bool
    release_words: str = ""
    exchanges: bool = False  # whether there is a window for exchange after the round

    @property
    def asked(self) -> list[Told]:
        """The places on the officer's own list."""
        return [each for each in self.choices if each.asked]

    @property
    def tried(self) -> list[Told]:
        """The places of the published default list, tried after it."""
        return [each for each in self.choices if not each.asked]

    @property
    def openssl(self) -> str:
        """The line with which anyone can draw the ticket again."""
        return f"printf '%s' '{self.participation.pseudonym}' | openssl dgst -sha256 -hmac '{self.seed}'"


def own_awards(user: Any) -> list[Award]:
    """What published rounds gave the reader, the latest first."""
    rows = Award.objects.filter(participation__officer__user=user, participation__round__state__in=TOLD)
    return list(
        rows.select_related("participation__round", "participation__from_unit", "to_unit", "varied_to")
        .defer("explanation")
        .order_by("-participation__round__published_at")
    )


def access_award(user: Any, ref: str) -> Award:
    """The reader's own award of a published round. Errors: NotFound, also for anybody else's."""
    rows = Award.objects.filter(participation__officer__user=user, participation__round__state__in=TOLD)
    found = rows.select_related(
        "participation__round__rule_book", "participation__officer__user", "participation__rank",
        "participation__from_unit", "to_unit", "varied_to",
    ).filter(ref=ref)  # fmt: skip
    award = found.first()
    if award is None:
        raise NotFound(ref)
    return award


def why(award: Award, *, on: date) -> Why:
    """What the officer is told of an award, in a constant number of statements."""
    taking, said = award.participation, award.explanation
    round, names = taking.round, _Names(award)
    items = [_line(each, round, names) for each in taking.items]
    changes = said.get("changes")
    choices = [
        _told(number, each, taking, round, names, (changes or {}).get(each["place"]))
        for number, each in enumerate(said.get("choices", ()), 1)
        if each["place"] != names.own  # keeping the own place is the outcome, not a wish
    ]
    waiting = _waiting(taking)
    floor = said.get("floor")
    return Why(
        award=award, participation=taking, round=round, outcome=award.goes_to, said=words.outcome(award),
        choices=choices, floor=_floor(floor, said, names) if floor else None, items=items, ticket=taking.ticket,
        seed=round.seed, waiting=waiting, waiting_points=_waiting_points(round, waiting),
        appeal_by=appeal_rules.appeal_by(award, on=on), appeal=award.appeals.order_by("-lodged_at").first(),
        exchanges=exchange_rules.window(round) is not None,
        is_worked_out=changes is not None, release_words=words.release(round.rule_book.content.get("release", "")),
    )  # fmt: skip


class _Names:
    """The names of the places and commands that an explanation mentions, read once."""

    def __init__(self, award: Award) -> None:
        said, taking = award.explanation, award.participation
        refs = [each["place"] for each in said.get("choices", ())]
        refs += [each.get("ceiling", "") for each in said.get("choices", ())]
        refs += [ref for item in taking.items for ref in item.get("only", ())]
        if said.get("floor"):
            refs.append(said["floor"]["ref"])
        self.units = dict(Unit.objects.filter(code__in={_code(ref) for ref in refs if ref}).values_list("code", "name"))
        self.rank = taking.rank.code
        self.own = next((each["place"] for each in said.get("choices", ()) if _code(each["place"]) == taking.from_unit.code
                         and each["code"] in ("assigned", "deferred_infeasible")), "")  # fmt: skip

    def of(self, ref: str) -> str:
        """A place or command in words; the rank is left out, for it is the officer's own."""
        name = self.units.get(_code(ref), _code(ref))
        skill = ref.split("/")[2:] if "/" in ref else []
        return f"{name} ({skill[0]})" if skill else name


def _code(ref: str) -> str:
    return ref.split("/")[0] if "/" in ref else ref.rsplit(":", 1)[0]


def _line(item: Mapping[str, Any], round: Round, names: _Names) -> Line:
    rule: Mapping[str, Any] = next(
        (r for r in round.rule_book.content.get("points", ()) if r["code"] == item["code"]), {}
    )
    where = ", ".join(names.of(ref) for ref in item.get("only", ()))
    return Line(words.item(item["code"]), item["points"], where, rule.get("basis", ""))


def _told(
    number: int, said: Mapping[str, Any], taking: Participation, round: Round, names: _Names, change: Any
) -> Told:
    cutoff = said["cutoff"] or {}
    lines = [_line(each, round, names) for each in taking.items if _counts(each, said["place"], taking)]
    known = sum(line.points for line in lines)
    if known != said["points"]:  # tied to a command above the place, which its reference does not tell
        lines = _fitting(taking, round, names, said["points"])
    return Told(
        number=number, place=names.of(said["place"]), code=said["code"], words=words.reason(said),
        tone=words.tone(said["code"]), points=said["points"], items=lines, cutoff=cutoff.get("points"),
        cutoff_ticket=cutoff.get("ticket", ""), ceiling=names.of(said["ceiling"]) if said.get("ceiling") else "",
        seats=said["seats"], stayed=said["stayed"], newcomers=said["newcomers"], rule=words.rule(said.get("rule", "")),
        change=words.change(change) if change else "", asked=bool(said["asked"]),
    )  # fmt: skip


def _counts(item: Mapping[str, Any], place: str, taking: Participation) -> bool:
    return not item.get("only") or place in item["only"]


def _fitting(taking: Participation, round: Round, names: _Names, points: int) -> list[Line]:
    """The lines that add up to the points at the place: those for everywhere, and of the tied ones those that fit."""
    everywhere = [each for each in taking.items if not each.get("only")]
    tied = [each for each in taking.items if each.get("only")]
    left = points - sum(each["points"] for each in everywhere)
    for mask in range(1 << len(tied)):
        chosen = [each for number, each in enumerate(tied) if mask >> number & 1]
        if sum(each["points"] for each in chosen) == left:
            return [_line(each, round, names) for each in (*everywhere, *chosen)]
    return [_line(each, round, names) for each in everywhere]


def _floor(line: Mapping[str, Any], said: Mapping[str, Any], names: _Names) -> Floor:
    return Floor(names.of(line["ref"]), line["floor"], line["projected"], line["line"], said["release"])


def _waiting(taking: Participation) -> int:
    request = (
        TransferRequest.objects.filter(officer=taking.officer, kind="request", is_protected=False)
        .order_by("-created_at")
        .values_list("carried_forward", flat=True)
        .first()
    )
    return request or 0


def _waiting_points(round: Round, waiting: int) -> int:
    for rule in round.rule_book.content.get("points", ()):
        if rule["fact"] == "rounds-without-a-place":
            return int(min(rule["points"] * waiting, rule["most"]))
    return 0


@dataclass(frozen=True)
class Decision:
    """The page of a decided request."""

    request: TransferRequest
    advice: list[Advice]
    stops: list[Stop]
    appeal_by: date | None
    appeal: Appeal | None


def access_decision(user: Any, ref: str) -> TransferRequest:
    """The reader's own request, once it was decided. Errors: NotFound."""
    rows = TransferRequest.objects.select_related(
        "officer__user", "from_unit", "to_unit", "decided_by", "typed_by", "step", "reviewed_by", "round", "rank"
    )
    found = rows.filter(ref=ref, officer__user=user, decided_at__isnull=False).exclude(state="approved").first()
    if found is None:
        raise NotFound(ref)
    return found


def own_decisions(user: Any) -> list[TransferRequest]:
    """The reader's decided requests, the latest first; an approval is told with the order."""
    rows = TransferRequest.objects.filter(officer__user=user, decided_at__isnull=False).exclude(state="approved")
    return list(rows.select_related("to_unit", "from_unit").order_by("-decided_at"))


def decision(request: TransferRequest, *, on: date) -> Decision:
    """What the officer is told of a decision outside rounds: reasons, law, advice, stops, who decided and who typed."""
    return Decision(
        request=request,
        advice=list(request.advice.select_related("unit", "advised_by", "typed_by", "step")),
        stops=list(request.stops.select_related("lifted_by")),
        appeal_by=appeal_rules.appeal_by(request, on=on),
        appeal=request.appeals.order_by("-lodged_at").first(),
    )
