"""Who takes part in a round, who is left out and why, and with which points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from transfers.freezing.rows import HolderRow, Record, RequestRow
from transfers.points import Item
from transfers.rulebook import DISABILITY, UPHELD_APPEAL, Rules
from transfers.scoring import Facts, items

# Why an officer who asked, or who is due, takes no part. The words stand in transfers.reasons.
UNDER_MINIMUM = "under-minimum-tenure"
OPEN_DISCIPLINE = "open-discipline"
RANK_NOT_IN_ROUND = "rank-not-in-round"
NOT_POSTED = "not-posted"
# Why the rule book's own months do not decide.
OPERATION_AREA = "operation-area"
ARRIVAL_UNKNOWN = "arrival-unknown"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One who asked for the round and is not in it."""

    officer: int
    reason: str


@dataclass(frozen=True, slots=True)
class Taking:
    """One who takes part, and the facts that count."""

    holder: HolderRow
    request: RequestRow | None
    must_move: bool
    months: int
    facts: Facts
    due: str = ""  # why he must move before the longest stay of the rule book has passed
    early: str = ""  # why he may ask before the shortest has


def taking_part(record: Record, rules: Rules) -> tuple[list[Taking], list[LeftOut]]:
    """Return who takes part and who of those that asked does not, both in the order of the record."""
    ranks, taking, left = frozenset(rules.ranks), [], []
    posted = set()
    for holder in record.holders:
        posted.add(holder.officer)
        request = record.requests.get(holder.officer)
        months = months_between(holder.since, record.on)
        due = rules.due_must_move and holder.rank in ranks and is_due(holder, months, record, rules)
        if request is None and not due:
            continue
        if reason := _reason_out(holder, months, ranks, record, rules):
            if request is not None:
                left.append(LeftOut(holder.officer, reason))
            continue
        facts = _facts(holder, request, months, record)
        sooner = OPERATION_AREA if due and months < rules.maximum_months else ""
        early = ARRIVAL_UNKNOWN if not holder.since_known and months < rules.minimum_months else ""
        taking.append(Taking(holder, request, due, months, facts, sooner, early))
    left += [LeftOut(officer, NOT_POSTED) for officer in record.requests if officer not in posted]
    return taking, left


def is_due(holder: HolderRow, months: int, record: Record, rules: Rules) -> bool:
    """Return whether the officer has been longer at the unit than the rule allows, and no exemption stands.

    An arrival that the roll did not tell is unknown: such an officer is never due, and never under the minimum.
    """
    if not holder.since_known or holder.officer in record.retiring_soon:
        return False
    exempt, unit = record.exemptions, record.units.get(holder.unit)
    if unit is None or unit.type in exempt.types or holder.unit in exempt.units or holder.duty in exempt.duties:
        return False
    if holder.skill in exempt.skills:
        return False
    return months >= record.tenure_limit.get(holder.unit, rules.maximum_months)


def _reason_out(holder: HolderRow, months: int, ranks: frozenset[str], record: Record, rules: Rules) -> str:
    if holder.rank not in ranks:
        return RANK_NOT_IN_ROUND
    if holder.unit not in record.units:
        return NOT_POSTED
    if "open-discipline" in rules.exclusions and holder.officer in record.in_discipline:
        return OPEN_DISCIPLINE
    if "under-minimum-tenure" in rules.exclusions and holder.since_known and months < rules.minimum_months:
        return UNDER_MINIMUM
    return ""


def _facts(holder: HolderRow, request: RequestRow | None, months: int, record: Record) -> Facts:
    wished = (
        tuple(sorted({record.units[unit].county for unit, _ in request.places if unit in record.units}))
        if request
        else ()
    )
    return Facts(
        months_at_station=months if holder.since_known else 0,
        hardship_months=record.hardship_months.get(holder.officer, 0),
        rounds_without_a_place=request.carried_forward if request else 0,
        grounds=_grounds(request, record),
        counties={
            "spouse-county": record.spouse_counties.get(holder.officer, ()),
            "school-county": record.school_counties.get(holder.officer, ()),
            "care-county": record.care_counties.get(holder.officer, ()),
            "retirement-county": tuple(county for county in wished if county),
        },
    )


def _grounds(request: RequestRow | None, record: Record) -> frozenset[str]:
    """Those of the request that were checked, and the one that only an upheld appeal gives."""
    if request is None:
        return frozenset()
    return request.grounds | {UPHELD_APPEAL} if request.officer in record.priorities else request.grounds


def itemised(
    taking: Iterable[Taking], rules: Rules, nodes_of: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[list[Item]]:
    """Return each officer's points item by item. Shape: `nodes_of` by (county, rank)."""
    by_rank: dict[str, dict[str, tuple[str, ...]]] = {}
    for (county, rank), nodes in nodes_of.items():
        by_rank.setdefault(rank, {})[county] = nodes
    return [items(each.facts, rules, by_rank.get(each.holder.rank, {})) for each in taking]


def groups(holder: HolderRow, record: Record) -> frozenset[str]:
    """Return the groups for which seats may be reserved that the officer belongs to.

    A disability counts where the officer named it in the request and HR saw the paper: what was said for Parliament's
    balance report was said for that report alone (Data Protection Act 2019, s.25(c)).
    """
    named = {"F": "women", "M": "men"}.get(holder.sex)
    found = [named] if named else []
    request = record.requests.get(holder.officer)
    if request is not None and DISABILITY in request.grounds:
        found.append("persons-with-disability")
    return frozenset(found)


def months_between(since: date, on: date) -> int:
    """Return the whole months from one day to another, never fewer than none."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return max(months - (on.day < since.day), 0)
