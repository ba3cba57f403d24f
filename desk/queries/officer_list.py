"""The officer list of a day: who a reader sees, filtered, in an order, with posting and rank of that day.

Today's list goes by the derived pointers on the record, a past day's by the dated rows; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import FilteredRelation, Prefetch, Q, QuerySet

from deployment.models import Duty, Posting, PostingKind
from deployment.models.postings import AWAY_KINDS
from deployment.queries.tenure import counting_before, over_limit
from hcims.access.permissions import Permission
from hcims.keys_first import KeysFirst
from hcims.periods import in_force
from organisation.queries import below, in_scope
from personnel.models import Officer, SkillHeld
from personnel.queries import retirement_rules, retiring_until
from personnel.validity import months_after

POST_IN_FORCE = Q(postings__kind=PostingKind.SUBSTANTIVE, postings__voided_at__isnull=True)


@dataclass(frozen=True)
class Columns:
    """Where unit and rank of the day stand: on the record for today, in the dated rows for a past day."""

    unit: str
    rank: str

    @classmethod
    def of(cls, on: date, today: date) -> Columns:
        return cls("unit", "rank") if on == today else cls("post__unit", "held__rank")


# An order by something of the posting lists the posted only; ties go by number, so that pages do not shift.
SORTS: dict[str, tuple[str, ...]] = {
    "number": ("service_number",),
    "name": ("surname", "other_names", "service_number"),
    "rank": ("{rank}__order", "service_number"),
    "service": ("service", "service_number"),
    "unit": ("{unit}__name", "service_number"),
    "since": ("post__starts_on", "service_number"),
}


def officers_on(
    user: Any, *, on: date, today: date, permission: Permission = Permission.SEE_OFFICERS
) -> QuerySet[Officer]:
    """Serving officers on the day `on` where the user's permission of today reaches, each with `post` and `held`."""
    columns = Columns.of(on, today)
    reach = in_scope(user.scope(permission, on=today), on=on, field=columns.unit)
    return _with_day(Officer.objects.serving(on), on).filter(reach)


def _with_day(officers: QuerySet[Officer], on: date) -> QuerySet[Officer]:
    return officers.annotate(
        post=FilteredRelation("postings", condition=POST_IN_FORCE & in_force(on, "postings__")),
        held=FilteredRelation(
            "rank_holdings", condition=Q(rank_holdings__voided_at__isnull=True) & in_force(on, "rank_holdings__")
        ),
    )


def filtered(officers: QuerySet[Officer], asked: Mapping[str, Any], *, on: date, today: date) -> QuerySet[Officer]:
    """The officers that the filters leave. Shape: `asked` is the cleaned data of desk.forms.OfficerFilters."""
    columns = Columns.of(on, today)
    wanted = Q()
    if unit := asked.get("unit"):
        wanted &= Q(**{f"{columns.unit}__in": below([unit.pk], on)})
    if unit := asked.get("in_unit"):
        wanted &= Q(**{columns.unit: unit.pk})
    for name, path in _plain(columns).items():
        if values := asked.get(name):
            wanted &= Q(**{f"{path}__in": values})
    if asked.get("noncore"):
        wanted &= Q(post__duty__in=list(Duty.objects.filter(is_core=False).values_list("pk", flat=True)))
    wanted &= _by_skill(asked, on) & _by_presence(asked.get("presence"), columns, on)
    wanted &= _by_tenure(asked.get("tenure") or "", on)
    if months := asked.get("retires"):
        wanted &= retiring_until(months_after(on, months), retirement_rules())
    return officers.filter(wanted)


def _plain(columns: Columns) -> dict[str, str]:
    return {
        "rank": f"{columns.rank}__code",
        "cadre": f"{columns.rank}__cadre",
        "post_rank": "post__post_rank__code",
        "county": f"{columns.unit}__county__code",
        "line": f"{columns.unit}__line",
        "service": "service",
        "sex": "sex",
        "member": "member",
        "home_county": "home_county__code",
        "duty": "post__duty__code",
    }


def _by_skill(asked: Mapping[str, Any], on: date) -> Q:
    wanted = Q()
    if codes := asked.get("skill"):
        wanted &= Q(pk__in=SkillHeld.objects.in_force(on).filter(skill__code__in=codes).values("officer"))
    if code := asked.get("post_skill"):
        wanted &= (
            Q(post__post_skill__isnull=True, post__isnull=False) if code == "none" else Q(post__post_skill__code=code)
        )
    return wanted


def _by_presence(presence: str | None, columns: Columns, on: date) -> Q:
    if not presence:
        return Q()
    if presence == "unposted":
        return Q(**{f"{columns.unit}__isnull": True})
    posted = Q(**{f"{columns.unit}__isnull": False})
    if presence == "posted":
        return posted
    kinds = AWAY_KINDS if presence in ("away", "effective") else (presence,)
    away = Posting.objects.in_force(on).filter(kind__in=kinds, voided_at__isnull=True).values("officer")
    return posted & (~Q(pk__in=away) if presence == "effective" else Q(pk__in=away))


def _by_tenure(tenure: str, on: date) -> Q:
    if tenure == "unknown":
        return Q(post__start_known=False)
    if tenure == "over":
        return over_limit(on, prefix="post__")
    if not tenure:
        return Q()
    before = months_after(on, -int(tenure)) + timedelta(days=1)
    return Q(post__start_known=True) & counting_before(before, prefix="post__")


def ordered(officers: QuerySet[Officer], sort: str, *, on: date, today: date) -> QuerySet[Officer]:
    """The officers in the order of a key of SORTS, "-" before it for the other way round."""
    columns = Columns.of(on, today)
    fields = [
        field.format(rank=columns.rank, unit=columns.unit) for field in SORTS.get(sort.lstrip("-"), SORTS["number"])
    ]
    if any(field.startswith("post__") for field in fields):
        officers = officers.filter(post__isnull=False)  # type: ignore[misc]
    if sort.startswith("-"):
        fields[0] = f"-{fields[0]}"
    return officers.order_by(*fields)


def posted_only(sort: str) -> bool:
    """Whether an order leaves out officers without a posting."""
    return any(field.startswith("post__") for field in SORTS.get(sort.lstrip("-"), ()))


class Lines(KeysFirst[Officer]):
    """The list as a table takes it, in the order of a key of SORTS."""

    model = Officer

    def __init__(self, officers: QuerySet[Officer], *, on: date, today: date, sort: str = "number") -> None:
        super().__init__(officers, sort)
        self.on, self.today = on, today

    def ordered(self) -> QuerySet[Officer]:
        return ordered(self.rows, self.sorts[0], on=self.on, today=self.today)

    def shown(self, rows: QuerySet[Officer]) -> QuerySet[Officer]:
        columns = Columns.of(self.on, self.today)
        skills = SkillHeld.objects.in_force(self.on).select_related("skill").order_by("skill__category__order", "pk")
        return (
            _with_day(rows, self.on)
            .select_related(columns.rank, columns.unit, "post__duty", "home_county")  # type: ignore[misc]
            .prefetch_related(Prefetch("skills", queryset=skills, to_attr="skills_in_force"))
        )

    def _read(self, keys: list[Any]) -> list[Officer]:
        found = super()._read(keys)
        for officer in found:  # Django leaves the attribute out where the filtered relation finds no row
            for name in ("post", "held"):
                vars(officer).setdefault(name, None)
        return found


def unit_of(officer: Officer, *, on: date, today: date) -> Any:
    """The officer's unit of the day, from a row of `with_details`."""
    if on == today:
        return officer.unit
    return officer.post.unit if officer.post else None  # type: ignore[attr-defined]


def rank_of(officer: Officer, *, on: date, today: date) -> Any:
    """The officer's rank of the day, from a row of `with_details`."""
    if on == today:
        return officer.rank
    return officer.held.rank if officer.held else None  # type: ignore[attr-defined]


def by_numbers(officers: QuerySet[Officer], numbers: Iterable[str]) -> QuerySet[Officer]:
    """Those of the officers whose service numbers were ticked."""
    return officers.filter(service_number__in=list(numbers))
