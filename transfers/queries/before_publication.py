"""What the signature under a round would send out, read before it is given: letters, who stays, what cannot be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from hcims.errors import NotFound
from organisation.models import Unit
from transfers import allowances
from transfers.models import AllowanceClass, Award, RequestState, Round, Standing, TransferRequest
from transfers.queries.commands import commanders_of, hardship_units
from transfers.queries.round_results import destination, impossible

PARTS = ("letters", "volunteers", "due", "stay", "carried", "varied", "impossible", "no-account", "told")


@dataclass(frozen=True)
class Line:
    """One award as publication would carry it out."""

    award: Award
    goes: Unit | None  # None: no order, the officer stays
    allowance: str  # of a letter
    language: str
    has_account: bool
    request: TransferRequest | None  # of the officer's own, that waits for the round
    why_not: str  # why no order can carry out the award any more

    @property
    def is_due(self) -> bool:
        """Whether the officer must move."""
        return self.award.participation.standing == Standing.DUE


def lines(round: Round, *, on: date) -> list[Line]:
    """The awards as publication would carry them out, by rank and reference. A constant number of statements."""
    rows = Award.objects.filter(participation__round=round).defer("explanation", "participation__items")
    awards = list(
        rows.select_related(
            "participation__officer__user",
            "participation__officer__rank",
            "participation__rank",
            "participation__skill",
            "participation__from_unit",
            "to_unit",
            "to_skill",
            "varied_to",
            "varied_skill",
        ).order_by("participation__rank__order", "participation__pseudonym")
    )
    gone = {award.pk: why for award, why in impossible(awards, on=on)}
    pooled = TransferRequest.objects.filter(round=round, state=RequestState.POOLED)
    waiting = {each.officer_id: each for each in pooled.only("officer", "is_protected")}
    users = User.objects.filter(officer__participations__round=round)
    account = {
        officer: (words, active) for officer, words, active in users.values_list("officer", "language", "is_active")
    }
    hard = hardship_units(on)
    found = []
    for award in awards:
        award.participation.round = round
        words, active = account.get(award.participation.officer_id, ("en", False))
        why = gone.get(award.pk, "")
        unit = None if why else destination(award)
        request = waiting.get(award.participation.officer_id)
        found.append(
            Line(
                award=award,
                goes=unit,
                allowance=allowances.class_of("round", request, award, into_hardship=unit.pk in hard) if unit else "",
                language=words,
                has_account=active,
                request=request,
                why_not=why,
            )
        )
    return found


def part(found: list[Line], name: str, *, allowance: str = "", language: str = "") -> list[Line]:
    """The lines that one number of the page counts."""
    tests = {
        "letters": lambda each: each.goes is not None,
        "volunteers": lambda each: each.goes is not None and not each.is_due,
        "due": lambda each: each.goes is not None and each.is_due,
        "stay": lambda each: each.goes is None,
        "carried": lambda each: each.goes is None and each.request is not None,
        "varied": lambda each: each.award.is_varied,
        "impossible": lambda each: bool(each.why_not),
        "told": lambda each: each.has_account,
        "no-account": lambda each: each.goes is not None and not each.has_account,
    }
    if name not in tests:
        raise NotFound(name)
    rows = [each for each in found if tests[name](each)]
    rows = [each for each in rows if not allowance or each.allowance == allowance]
    return [each for each in rows if not language or (each.goes is not None and each.language == language)]


@dataclass(frozen=True)
class Kind:
    """Letters that say the same about the allowance, with one of them to read before all go out."""

    allowance: str
    count: int
    languages: list[tuple[str, int, str]]  # code, letters, reference of the award whose letter is the sample


@dataclass(frozen=True)
class Preview:
    """What publication would do."""

    orders: int
    volunteers: int
    due: int
    stay: int
    carried: int
    varied: int
    no_account: int
    told: int  # everyone who took part and has an account
    commanders: int
    kinds: list[Kind]
    impossible: list[tuple[str, int]]


def before_publication(round: Round, *, on: date) -> Preview:
    """Counts of an accepted round. A constant number of statements."""
    found = lines(round, on=on)
    count = {name: len(part(found, name)) for name in PARTS}
    moving = part(found, "letters")
    return Preview(
        orders=count["letters"],
        volunteers=count["volunteers"],
        due=count["due"],
        stay=count["stay"],
        carried=count["carried"],
        varied=count["varied"],
        no_account=count["no-account"],
        told=count["told"],
        commanders=commanders(found, on=on).count(),
        kinds=_kinds(moving),
        impossible=sorted(Counter(each.why_not for each in found if each.why_not).items()),
    )


def commanders(found: list[Line], *, on: date) -> QuerySet[User]:
    """Who commands a unit that somebody leaves or comes to: each is told of it."""
    ends = {end for each in found if each.goes for end in (each.award.participation.from_unit_id, each.goes.pk)}
    return commanders_of(ends, on=on).select_related("officer__rank", "officer__unit").order_by("full_name", "pk")


def _kinds(moving: list[Line]) -> list[Kind]:
    kinds = []
    for allowance in AllowanceClass.values:
        these = [each for each in moving if each.allowance == allowance]
        by_language: dict[str, list[Line]] = {}
        for each in these:
            by_language.setdefault(each.language, []).append(each)
        if these:
            languages = [(code, len(rows), rows[0].award.ref) for code, rows in sorted(by_language.items())]
            kinds.append(Kind(allowance, len(these), languages))
    return kinds
