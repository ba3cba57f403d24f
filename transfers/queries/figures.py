"""Counting the figures of a quarter out of the record: decisions, stops lifted, appeals, reasons. Protected requests are in
none of them; they are told of once a year, as one number, where it is not small."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import Appointment
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.periods import in_force
from hcims.quarters import Quarter
from organisation.models import UnitClosure
from organisation.models.catalogue import Cadre
from personnel.models import Officer
from transfers.models import Appeal, Award, RequestedPlace, RequestState, RoundState, Standing, Stop, TransferRequest
from transfers.openness import FIRST, OTHER, REFUSED, Case, figures, reasons
from transfers.queries.ledger import reason_pairs, within

UNKNOWN = "unknown"
CADRES = [*Cadre.values, UNKNOWN]
ELSEWHERE = "elsewhere"  # headquarters, formations, institutions: under no region
DECIDED = (
    RequestState.APPROVED, RequestState.PUBLISHED, RequestState.COMPLETED, RequestState.CANCELLED, RequestState.REFUSED,
)  # fmt: skip


def counted(quarter: Quarter, *, threshold: int) -> dict[str, Any]:
    """Every figure of the quarter, in codes, small groups hidden. About ten queries, whatever the size of the service."""
    span = (quarter.starts_on, quarter.ends_on)
    regions = _regions(quarter.ends_on)
    cases = [*_decided(quarter, regions), *_awarded(quarter, regions)]
    return {
        **figures(cases, _strength(quarter.ends_on, regions), threshold=threshold, cadres=CADRES),
        "received": _shown(_received(quarter).count(), threshold),
        "reasons": reasons(reason_pairs(*span), threshold=threshold),
        "stops": _stops(quarter),
        "appeals": _appeals(quarter),
        "protected": _protected(quarter, threshold),
    }


def _shown(count: int, threshold: int) -> int | None:
    return count if count == 0 or count >= threshold else None


def _received(quarter: Quarter) -> Any:
    return TransferRequest.objects.filter(
        within("submitted_at", quarter.starts_on, quarter.ends_on), is_protected=False
    ).exclude(state=RequestState.DRAFT)


def _regions(on: date) -> dict[int, str]:
    """The region that each unit lies in, by code."""
    links = UnitClosure.objects.filter(in_force(on), ancestor__type="region")
    return dict(links.values_list("descendant", "ancestor__code"))


def _decided(quarter: Quarter, regions: dict[int, str]) -> list[Case]:
    """Decisions outside rounds. The first choice is the place that was named first, or one inside it."""
    first = RequestedPlace.objects.filter(
        Q(unit=OuterRef("to_unit")) | Q(any_below=True, unit__below__descendant=OuterRef("to_unit")),
        request=OuterRef("pk"), position=1,
    )  # fmt: skip
    by_round = Award.objects.filter(
        participation__round=OuterRef("round"), participation__officer=OuterRef("officer"),
        participation__round__state__in=[RoundState.PUBLISHED, RoundState.CLOSED],
    )  # fmt: skip
    rows = TransferRequest.objects.filter(
        within("decided_at", quarter.starts_on, quarter.ends_on),
        ~Exists(by_round),
        is_protected=False,
        state__in=DECIDED,
    ).order_by()
    found = []
    wanted: Any = rows.annotate(first=Exists(first))
    for row in wanted.values(
        "kind", "state", "first", "rank__cadre", "officer__sex", "officer__service", "from_unit", "submitted_at", "decided_at"
    ):  # fmt: skip
        exact = row["first"] or row["kind"] == "exchange"  # an exchange names its places exactly
        outcome = REFUSED if row["state"] == RequestState.REFUSED else FIRST if exact else OTHER
        days = (row["decided_at"] - row["submitted_at"]).days
        found.append(_case(row["kind"], row["rank__cadre"], row, "officer__", regions, outcome, days))
    return found


def _awarded(quarter: Quarter, regions: dict[int, str]) -> list[Case]:
    """What rounds published in the quarter gave to those who asked; who was overdue and did not ask is not among them."""
    asked = TransferRequest.objects.filter(
        officer=OuterRef("participation__officer"), round=OuterRef("participation__round"), is_protected=False
    ).order_by("-submitted_at")
    rows = Award.objects.filter(
        within("participation__round__published_at", quarter.starts_on, quarter.ends_on),
        participation__standing=Standing.VOLUNTEER,
    ).order_by()
    found = []
    wanted: Any = rows.annotate(submitted=Subquery(asked.values("submitted_at")[:1]))
    for row in wanted.values(
        "to_unit", "choice", "is_varied", "varied_to", "submitted", "participation__rank__cadre",
        "participation__officer__sex", "participation__officer__service", "participation__from_unit",
        "participation__round__published_at", "participation__round__opens_on",
    ):  # fmt: skip
        place = row["varied_to"] if row["is_varied"] else row["to_unit"]
        outcome = REFUSED if place is None else FIRST if row["choice"] == 1 and not row["is_varied"] else OTHER
        since = timezone.localdate(row["submitted"]) if row["submitted"] else row["participation__round__opens_on"]
        days = (timezone.localdate(row["participation__round__published_at"]) - since).days
        row["from_unit"] = row["participation__from_unit"]
        cadre = row["participation__rank__cadre"]
        found.append(_case("request", cadre, row, "participation__officer__", regions, outcome, days))
    return found


def _case(
    kind: str, cadre: str | None, row: dict[str, Any], officer: str, regions: dict[int, str], outcome: str, days: int
) -> Case:
    region = regions.get(row["from_unit"], ELSEWHERE)
    return Case(kind, cadre or UNKNOWN, row[f"{officer}sex"], row[f"{officer}service"], region, outcome, max(days, 0))


def _strength(on: date, regions: dict[int, str]) -> dict[str, dict[str, int]]:
    """Officers in service by the three attributes, to read the counts against."""
    found: dict[str, dict[str, int]] = {name: defaultdict(int) for name in ("sex", "service", "region")}
    rows = Officer.objects.serving(on).order_by().values("sex", "service", "unit").annotate(count=Count("pk"))
    for row in rows:
        found["sex"][row["sex"]] += row["count"]
        found["service"][row["service"]] += row["count"]
        found["region"][regions.get(row["unit"], ELSEWHERE)] += row["count"]
    return found


def _stops(quarter: Quarter) -> list[dict[str, Any]]:
    """Stops by code: how many were raised, and how many were lifted by which office. Never who, and never where."""
    span = (quarter.starts_on, quarter.ends_on)
    open_ones = Stop.objects.filter(request__is_protected=False).order_by()
    raised = Counter(open_ones.filter(within("raised_at", *span)).values_list("code", flat=True))
    lifted: dict[str, Counter[str]] = defaultdict(Counter)
    rows = list(open_ones.filter(within("lifted_at", *span)).values_list("code", "lifted_by", "lifted_at"))
    offices = _offices({user for _code, user, _at in rows})
    for code, user, at in rows:
        lifted[code][_office(offices.get(user, []), timezone.localdate(at))] += 1
    return [
        {"code": code, "raised": raised[code], "lifted": sorted(lifted[code].items())}
        for code in sorted({*raised, *lifted})
    ]


def _offices(users: set[int]) -> dict[int, list[Appointment]]:
    able = [
        code for code, role in ROLES.items() if role.permissions & {Permission.LIFT_STOPS, Permission.DECIDE_PROTECTED}
    ]
    found = defaultdict(list)
    for each in Appointment.objects.filter(user__in=users, state="approved", role__in=able):
        found[each.user_id].append(each)
    return found


def _office(held: list[Appointment], on: date) -> str:
    """The role by which a stop was lifted; of several the one that stands first among the roles."""
    order = list(ROLES)
    roles = [each.role for each in held if each.is_in_force(on)]
    return min(roles, key=order.index, default=UNKNOWN)


def _appeals(quarter: Quarter) -> dict[str, Any]:
    span = (quarter.starts_on, quarter.ends_on)
    rows = Appeal.objects.exclude(request__is_protected=True).order_by()
    lodged = rows.filter(within("lodged_at", *span)).count()
    decided = rows.filter(within("decided_at", *span), state__in=["upheld", "dismissed"])
    counts = decided.values("ground", "state").annotate(count=Count("pk"))
    outcome: dict[str, dict[str, int]] = defaultdict(lambda: {"upheld": 0, "dismissed": 0})
    for row in counts:
        outcome[row["ground"]][row["state"]] = row["count"]
    return {"lodged": lodged, "lines": [{"ground": ground, **each} for ground, each in sorted(outcome.items())]}


def _protected(quarter: Quarter, threshold: int) -> int | None:
    """With the last quarter of a year, how many protected requests the whole service had in the year; None where small."""
    if quarter.number != 4:
        return None
    year = date(quarter.starts_on.year, 1, 1), quarter.ends_on
    found = TransferRequest.objects.filter(within("submitted_at", *year), is_protected=True)
    count = found.exclude(state=RequestState.DRAFT).count()
    return count if count >= threshold else None
