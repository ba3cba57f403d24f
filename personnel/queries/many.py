"""What a deed on many officers would do to each record, judged for all of them in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.references import new_references
from organisation.models import Skill
from organisation.queries import in_scope
from personnel import policies
from personnel.many import Change, Plan, planned
from personnel.models import BulkDeed, BulkDeedLine, CourseAttended, EvidenceState, Officer, Outcome, SkillHeld
from personnel.validity import lapses_on

# What a deed reads of an officer. The encrypted columns stay closed: opening five of them for each costs more than the deed.
READ = (
    "ref", "service_number", "surname", "other_names", "user_id", "unit_id", "unit__name", "member", "exit_reason",
    "exited_on", "house_allowance_place",
)  # fmt: skip


def held_words(held: SkillHeld) -> str:
    """A skill on record in words: level, until when, checked or not."""
    words = [_("level %(level)s") % {"level": held.level}]
    if held.expires_on:
        words.append(_("until %(day)s") % {"day": date_format(held.expires_on, "j M Y")})
    words.append(_("checked") if held.state == EvidenceState.VERIFIED else _("not checked"))
    return ", ".join(words)


def _held(officers: Sequence[Officer], skill: Skill) -> dict[int, SkillHeld]:
    rows = SkillHeld.objects.filter(skill=skill, officer__in=[each.pk for each in officers])
    return {each.officer_id: each for each in rows}


def plan_skill(
    officers: Sequence[Officer], *, skill: Skill, level: int, acquired_on: date | None, expires_on: date | None,
    by: Any, on: date,
) -> Plan:  # fmt: skip
    """What entering a skill would do to each. Errors: RuleBroken for a level or days that cannot be."""
    policies.check_level(skill, level)
    expires_on = expires_on or lapses_on(acquired_on, skill.validity_months)
    policies.check_skill_days(acquired_on, expires_on, on)
    held, fresh = _held(officers, skill), new_references(len(officers))
    would = SkillHeld(level=level, acquired_on=acquired_on, expires_on=expires_on, state=EvidenceState.VERIFIED)
    judged = {}
    for officer, ref in zip(officers, fresh, strict=True):
        now = held.get(officer.pk)
        if now is None:
            judged[officer.pk] = Change(officer, _("not on record"), held_words(would), ref=ref)
            continue
        change = Change(officer, held_words(now), held_words(would), _no_better(now, would, on), now.pk, now.ref)
        judged[officer.pk] = change
    return planned(officers, policies.barred(by, officers, Permission.EDIT_OFFICERS, on=on), judged)


def _no_better(now: SkillHeld, would: SkillHeld, on: date) -> str:
    """Why a skill on record is left as it is; empty where the entry says more."""
    if now.state != EvidenceState.VERIFIED or (now.expires_on and now.expires_on <= on):
        return ""
    if now.level > would.level:
        return _("Holds a higher level already.")
    same = (now.level, now.acquired_on, now.expires_on) == (would.level, would.acquired_on, would.expires_on)
    return _("This is on the record already.") if same else ""


def plan_check(officers: Sequence[Officer], *, skill: Skill, by: Any, on: date) -> Plan:
    """What checking the claims of one skill would do to each."""
    held = _held(officers, skill)
    judged = {}
    for officer in officers:
        now = held.get(officer.pk)
        if now is None:
            judged[officer.pk] = Change(officer, skipped=_("Has not claimed this skill."))
        elif now.state == EvidenceState.VERIFIED:
            judged[officer.pk] = Change(officer, skipped=_("Checked already."))
        elif now.state == EvidenceState.REFUSED:
            judged[officer.pk] = Change(officer, skipped=_("The claim was refused; enter the skill on new papers."))
        else:
            was = held_words(now)
            now.state = EvidenceState.VERIFIED
            judged[officer.pk] = Change(officer, was, held_words(now), key=now.pk, ref=now.ref)
    return planned(officers, policies.barred(by, officers, Permission.VERIFY_SKILLS, on=on), judged)


def plan_course(
    officers: Sequence[Officer], *, title: str, institution: str, starts_on: date | None, ends_on: date | None,
    result: str, by: Any, on: date,
) -> Plan:  # fmt: skip
    """What entering a course would do to each. Errors: RuleBroken for days that cannot be."""
    policies.check_course_days(starts_on, ends_on)
    same = CourseAttended.objects.filter(
        officer__in=[each.pk for each in officers], title__iexact=title.strip(), starts_on=starts_on
    )
    attended = set(same.exclude(state=EvidenceState.REFUSED).values_list("officer_id", flat=True))
    judged = {
        officer.pk: Change(officer, skipped=_("This course is on the record already."))
        if officer.pk in attended
        else Change(officer, _("not on record"), ", ".join(filter(None, (title, result))), ref=ref)
        for officer, ref in zip(officers, new_references(len(officers)), strict=True)
    }
    return planned(officers, policies.barred(by, officers, Permission.EDIT_OFFICERS, on=on), judged)


def plan_allowance(officers: Sequence[Officer], *, place: str, by: Any, on: date) -> Plan:
    """What a new place for the house allowance would do to each."""
    judged = {}
    for officer in officers:
        was = officer.house_allowance_place
        skipped = _("This is on the record already.") if was == place else ""
        judged[officer.pk] = Change(officer, was or _("not on record"), place, skipped, officer.pk, officer.ref)
    return planned(officers, policies.barred(by, officers, Permission.EDIT_OFFICERS, on=on), judged)


# Deeds that were done -----------------------------------------------------------------------------------------------------


def deeds_of(user: Any) -> QuerySet[BulkDeed]:
    """One's own deeds on many officers, the latest first, each with how many officers it changed and how many it skipped."""
    counts = {
        outcome.value: Count("lines", filter=Q(lines__outcome=outcome))
        for outcome in (Outcome.DONE, Outcome.SKIPPED, Outcome.UNDONE, Outcome.KEPT)
    }
    return BulkDeed.objects.filter(by=user).annotate(**counts).order_by("-done_at", "-pk")


def access_deed(user: Any, ref: str) -> BulkDeed:
    """One of one's own deeds. Errors: NotFound, also for another person's."""
    deed = deeds_of(user).filter(ref=ref).first()
    if deed is None:
        raise NotFound(ref)
    return deed


def lines_of(deed: BulkDeed, user: Any, *, on: date) -> QuerySet[BulkDeedLine]:
    """The officers of a deed whom the user may see today: a deed outlives the appointment it was done by."""
    reach = in_scope(user.scope(Permission.SEE_OFFICERS, on=on), on=on, field="officer__unit")
    seen = deed.lines.filter(reach).select_related("officer__unit")
    return seen.only("outcome", "reason", "record", "deed_id", *(f"officer__{name}" for name in READ)).order_by(
        "officer__service_number"
    )


@dataclass(frozen=True)
class Standing:
    """A line of a deed as it stands now: `kept` says why it cannot be taken back; `before` is the row of the history
    to go back to, none where the deed made the record."""

    line: BulkDeedLine
    key: int | None = None
    before: int | None = None
    kept: str = ""


def standings(deed: BulkDeed, model: Any, permission: Permission, *, by: Any, on: date) -> list[Standing]:
    """What taking a deed back would do to each line: only what nobody has touched since is restored.

    `model` is the table that the deed wrote; its history says who wrote last.
    """
    lines = list(
        deed.lines.filter(outcome=Outcome.DONE)
        .select_related("officer__unit")
        .only("outcome", "reason", "record", "deed_id", *(f"officer__{name}" for name in READ))
        .order_by("officer__service_number")
    )
    barred = policies.barred(by, [each.officer for each in lines], permission, on=on)
    keys = dict(model._default_manager.filter(ref__in=[each.record for each in lines]).values_list("ref", "pk"))
    trails = _histories(model, list(keys.values()))
    return [_standing(deed, line, keys.get(line.record), trails, barred) for line in lines]


def _histories(model: Any, keys: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """The last two rows of the history of each record, the latest first."""
    rows = model.history.filter(id__in=keys).order_by("-history_id")
    found: dict[int, list[tuple[Any, ...]]] = {}
    for key, *row in rows.values_list("id", "history_id", "history_date", "history_user_id", "history_type"):
        kept = found.setdefault(key, [])
        if len(kept) < 2:
            kept.append(tuple(row))
    return found


def _standing(
    deed: BulkDeed,
    line: BulkDeedLine,
    key: int | None,
    trails: dict[int, list[tuple[Any, ...]]],
    barred: dict[int, str],
) -> Standing:
    if line.officer_id in barred:
        return Standing(line, kept=barred[line.officer_id])
    trail = trails.get(key or 0, [])
    if key is None or not trail or trail[0][1:3] != (deed.done_at, deed.by_id):
        return Standing(line, kept=_("The record was changed since."))
    made_by_deed = trail[0][3] == "+"
    if not made_by_deed and len(trail) < 2:
        return Standing(line, kept=_("The history does not say how it stood before."))
    return Standing(line, key, None if made_by_deed else trail[1][0])
