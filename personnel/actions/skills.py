"""Skills: entered by HR on a certificate, or claimed by the officer and checked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice
from organisation.models import Skill
from personnel import policies
from personnel.models import EvidenceState, Officer, SkillHeld, keep
from personnel.validity import lapses_on

OWN_RECORD = "/me/"


@action
def record_skill(
    *, officer: Officer, skill: Skill, level: int = 1, acquired_on: date | None = None, expires_on: date | None = None,
    paper: str, by: Any, at: datetime,
) -> SkillHeld:  # fmt: skip
    """This function will enter a skill on the certificate shown, checked by whoever enters it; or renew it.

    Without `expires_on` the catalogue's validity decides. Errors: NotAllowed, RuleBroken.
    """
    on = timezone.localdate(at)
    policies.check_can_edit(by, officer, paper=paper, on=on)
    policies.check_level(skill, level)
    expires_on = expires_on or lapses_on(acquired_on, skill.validity_months)
    policies.check_skill_days(acquired_on, expires_on, on)
    held = SkillHeld.objects.select_for_update().filter(officer=officer, skill=skill).first()
    held = held or SkillHeld(officer=officer, skill=skill)
    held.level, held.acquired_on, held.expires_on, held.source = level, acquired_on, expires_on, paper[:200]
    held.state, held.checked_by, held.checked_at, held.check_note = EvidenceState.VERIFIED, by, at, ""
    keep(held, by=by, paper=paper, at=at)
    details = {"skill": skill.code, "level": level}
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, source=paper, details=details)
    return held


@action
def keep_skill_given(
    *, officer: Officer, skill: Skill, level: int = 1, acquired_on: date, expires_on: date | None = None, paper: str,
    by: Any, at: datetime,
) -> SkillHeld:  # fmt: skip
    """This function will enter a skill that a course passed gives, or renew it; what is held longer or higher stays so.

    Without `expires_on` the catalogue's validity decides. The caller has checked who may; here only level and days are.
    Errors: RuleBroken.
    """
    policies.check_level(skill, level)
    expires_on = expires_on or lapses_on(acquired_on, skill.validity_months)
    policies.check_skill_days(acquired_on, expires_on, timezone.localdate(at))
    held = SkillHeld.objects.select_for_update().filter(officer=officer, skill=skill).first()
    if held is None:
        held = SkillHeld(officer=officer, skill=skill, level=level, expires_on=expires_on)
    elif held.state == EvidenceState.VERIFIED and (held.expires_on is None or held.expires_on > acquired_on):
        held.level = max(held.level, level)
        held.expires_on = None if held.expires_on is None or expires_on is None else max(held.expires_on, expires_on)
    else:
        held.level, held.expires_on = level, expires_on
    held.acquired_on, held.source = acquired_on, paper[:200]
    held.state, held.checked_by, held.checked_at, held.check_note = EvidenceState.VERIFIED, by, at, ""
    keep(held, by=by, paper=paper, at=at)
    details = {"skill": skill.code, "level": held.level}
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, source=paper, details=details)
    return held


@action
def take_back_skill_given(
    *, officer: Officer, skill: Skill, resting_on: str, note: str, paper: str, by: Any, at: datetime
) -> SkillHeld | None:
    """This function will mark a skill as not standing whose paper was the one that fell; one with another paper stays.

    The caller has checked who may.
    """
    held = SkillHeld.objects.select_for_update().filter(officer=officer, skill=skill, source=resting_on[:200]).first()
    if held is None or held.state == EvidenceState.REFUSED:
        return held
    workflow.move(
        held, EvidenceState.REFUSED, by=by, at=at, note=paper, checked_by=by, checked_at=at, check_note=note[:200]
    )
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, source=paper, details={"skill": skill.code})
    return held


@action
def submit_skill(
    *, officer: Officer, skill: Skill, level: int = 1, acquired_on: date | None = None, source: str = "",
    evidence: Any = None, by: Any, at: datetime,
) -> SkillHeld:  # fmt: skip
    """This function will put an officer's own claim, with its evidence, before HR; it shows as unverified until checked.

    Errors: NotAllowed (not one's own), RuleBroken (on the record already; neither paper nor picture).
    """
    on = timezone.localdate(at)
    policies.check_owns(by, officer)
    policies.check_is_kept(officer)
    policies.check_level(skill, level)
    if not evidence and len(source.strip()) < 3:
        raise RuleBroken(
            _("Send a picture of the certificate, or name it: kind, number, date."), source=policies.ON_PAPER
        )
    held = SkillHeld.objects.select_for_update().filter(officer=officer, skill=skill).first()
    policies.check_can_claim(held, on=on)
    expires_on = lapses_on(acquired_on, skill.validity_months)
    policies.check_skill_days(acquired_on, expires_on, on)
    if held is None:
        held = SkillHeld(officer=officer, skill=skill)
    else:
        workflow.move(held, EvidenceState.UNVERIFIED, by=by, at=at)
    held.level, held.acquired_on, held.expires_on, held.source = level, acquired_on, expires_on, source[:200]
    held.checked_by, held.checked_at, held.check_note, held.submitted_at = None, None, "", at
    if evidence:
        held.evidence.save(evidence.name, evidence, save=False)
    keep(held, by=by, paper=source or _("evidence sent by the officer"), at=at)
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, details={"skill": skill.code, "submitted": True})
    return held


def _check(held: SkillHeld, to: EvidenceState, note: str, by: Any, at: datetime) -> SkillHeld:
    policies.check_can_verify(by, held.officer, on=timezone.localdate(at))
    workflow.move(held, to, by=by, at=at, note=note, checked_by=by, checked_at=at, check_note=note[:200])
    if held.officer.user is not None:
        notify(held.officer.user, Notice.SKILL_CHECKED, at=at, by=by, link=OWN_RECORD)
    details = {"skill": held.skill.code, "outcome": to}
    trail.record(Event.SKILL_VERIFIED, target=held.officer, by=by, at=at, reason=note, details=details)
    return held


@action
def verify_skill(*, held: SkillHeld, note: str = "", by: Any, at: datetime) -> SkillHeld:
    """This function will record that the evidence behind a skill was checked and holds. Errors: NotAllowed."""
    return _check(held, EvidenceState.VERIFIED, note, by, at)


@action
def refuse_skill(*, held: SkillHeld, note: str, by: Any, at: datetime) -> SkillHeld:
    """This function will record that the evidence behind a skill does not hold, and why. Errors: NotAllowed, RuleBroken."""
    if len(note.strip()) < 3:
        raise RuleBroken(_("Say why: the officer reads it."), source=policies.WRITTEN_ANSWER)
    return _check(held, EvidenceState.REFUSED, note, by, at)
