"""The facts on which the stops of one transfer rest, read from the records."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from django.db.models import Q

from deployment import policies as deployment
from deployment.models import DeploymentRule, Posting, PostingKind
from deployment.models import RuleCode as TenureCode
from deployment.queries.tenure import counts_from, months_between
from organisation.models import Unit
from personnel.models import Dependant, DisciplineRecord
from personnel.queries import retirement_of, retirement_rules
from personnel.validity import months_after
from transfers.models import Allowance, AllowanceClass, RuleCode, SchoolTerm, Stage, TransferRequest
from transfers.queries import rules
from transfers.stops import Facts, Limit


def facts_of(request: TransferRequest, *, on: date) -> Facts:
    """What the records say about the officer and the move as it stands on the request."""
    officer, in_force = request.officer, rules.values(on)
    moves_on = request.report_by or on
    term = SchoolTerm.objects.in_force(moves_on).first()
    family = getattr(request, "family_impact", None)
    months = in_force.get(RuleCode.MOVES_MONTHS)
    maximum = in_force.get(RuleCode.MOVES)
    since = station_since(officer)
    return Facts(
        kind=request.kind,
        moves_on=moves_on,
        is_protected=request.is_protected,
        open_cases=DisciplineRecord.objects.filter(officer=officer, state="open", opened_on__lte=on).count(),
        term=term.name if term else "",
        term_source=term.source if term else "",
        family_answered=family is not None,
        dependant_with_disability=bool(family and family.dependant_with_disability) or _cares(officer),
        exam_this_year=bool(family and family.exam_this_year),
        months_at_station=months_between(since, on) if since else None,
        minimum_months=_minimum(on),
        moves=moves_of(officer, since=months_after(on, -months.value)) if months else 0,
        moves_maximum=Limit(maximum.value, maximum.legal_basis) if maximum else None,
        moves_months=months.value if months else 0,
        unpaid=tuple(unpaid_of(officer)),
        oral=request.directions.filter(is_oral=True, paper_reference="", paper="").count(),
        into_home_county=into_home_county(officer, request.to_unit),
        chooses_county=may_choose_county(officer, in_force.get(RuleCode.RETIREMENT_CHOICE), on),
        **_place(request, on),
        **_frozen(request),
    )


def station_since(officer: Any) -> date | None:
    """The day from which the time at the present station counts; None where nobody knows it."""
    held = _substantive(officer).filter(ends_on__isnull=True).first()
    return counts_from(held) if held else None


def moves_of(officer: Any, *, since: date) -> int:
    """How often the officer was transferred from that day on.

    The first posting of all is no move, nor is a deployment within the command, nor a move that was taken back.
    """
    held = list(_substantive(officer).order_by("starts_on", "pk").values_list("unit", "starts_on", "tenure_since"))
    found = 0
    for place, ((before, *_rest), (unit, day, carried)) in enumerate(itertools.pairwise(held)):
        taken_back = any(later is not None and later < day for _unit, _day, later in held[place + 2 :])
        found += unit != before and day >= since and carried is None and not taken_back
    return found


def _substantive(officer: Any) -> Any:
    return Posting.objects.filter(officer=officer, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)


def _cares(officer: Any) -> bool:
    return Dependant.objects.filter(officer=officer, has_disability=True, ended_on__isnull=True).exists()


def _minimum(on: date) -> Limit | None:
    found = DeploymentRule.objects.in_force(on).filter(code=TenureCode.TENURE_MINIMUM).first()
    return Limit(found.value, found.legal_basis) if found else None


def unpaid_of(officer: Any) -> list[str]:
    """Numbers of the officer's orders, not cancelled, whose allowance is due and not settled."""
    due = Allowance.objects.exclude(kind=AllowanceClass.NONE).exclude(transfer__state="cancelled")
    open_ones = due.filter(Q(paid_on__isnull=True) | Q(confirmed_at__isnull=True), transfer__order__officer=officer)
    return list(open_ones.values_list("transfer__order__number", flat=True))


def into_home_county(officer: Any, unit: Unit | None) -> str:
    """The name of the officer's home county where the unit lies in it, else nothing."""
    same = unit is not None and officer.home_county_id is not None and unit.county_id == officer.home_county_id
    return str(officer.home_county) if same else ""


def may_choose_county(officer: Any, choice: Any, on: date) -> bool:
    """Whether retirement is so near that the officer may choose the county."""
    retires = retirement_of(officer, retirement_rules()) if choice else None
    return bool(retires and retires.on <= months_after(on, choice.value))


def _place(request: TransferRequest, on: date) -> dict[str, Any]:
    unit, rank = request.to_unit, request.post_rank or request.rank or request.officer.rank
    if unit is None or rank is None or unit.pk == request.officer.unit_id:
        return {}
    free = deployment.free_posts(unit, rank, request.post_skill, on=on)
    return {"free_posts": free, "place": unit.name, "has_overstrength_paper": bool(request.overstrength_authority)}


def _frozen(request: TransferRequest) -> dict[str, Any]:
    step = request.step
    if step is None or not step.is_frozen or step.stage not in (Stage.DECISION, Stage.PROTECTED):
        return {}
    return {"frozen_why": step.frozen_why, "frozen_source": step.legal_basis}
