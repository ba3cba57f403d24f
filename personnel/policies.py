"""Who may do what to a record, each refusal with its reason and the rule it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, Refusal, RuleBroken
from organisation.models import Rank, Skill
from organisation.queries import in_scope
from personnel.models import CorrectionRequest, EvidenceState, Officer, SkillHeld

NOT_SELF = "access rule: nobody decides about himself or herself"
ORDER = "order of days"
YOUNGEST = 16  # years at enlistment, as far as a slip of the pen is told from a real date
ON_PAPER = "Service records: every change rests on a paper (letter, order, certificate) that can be asked for"
TWO_PEOPLE = "access rule: whoever asks cannot answer"
OWN_RECORD = "Data Protection Act 2019, s.26: rights of a data subject"
NOT_HERE = _l("Your appointment does not allow this for this officer.")
WRITTEN_ANSWER = "Fair Administrative Action Act 2015, s.4: a decision is given with its reasons"


def is_own(user: Any, officer: Officer) -> bool:
    """Whether the record is the user's own."""
    return officer.user_id is not None and officer.user_id == user.pk


def holds(user: Any, permission: Permission, officer: Officer, on: date) -> bool:
    """Whether an appointment carries the permission to where the record is kept; a record kept nowhere is national."""
    if user is None or not user.is_active:
        return False
    if officer.unit_id is None:
        return user.scope(permission, on=on).everywhere
    return user.can(permission, at=officer.unit, on=on)


def check_holds(user: Any, permission: Permission, officer: Officer, on: date) -> None:
    """Errors: NotAllowed without the permission where the record is kept."""
    if not holds(user, permission, officer, on):
        raise NotAllowed(str(NOT_HERE), source=f"permission {permission}")


def check_not_self(user: Any, officer: Officer) -> None:
    """Errors: NotAllowed on one's own record."""
    if is_own(user, officer):
        raise NotAllowed(_("This is your own record. Ask for a correction; another person enters it."), source=NOT_SELF)


def barred(user: Any, officers: Iterable[Officer], permission: Permission, *, on: date) -> dict[int, str]:
    """Officers whom the user may not touch with this permission, and why: what the checks above say of each, at one go."""
    officers = list(officers)
    reach = in_scope(user.scope(permission, on=on), on=on)
    within = set(Officer.objects.filter(reach, pk__in=[each.pk for each in officers]).values_list("pk", flat=True))
    found = {}
    for officer in officers:
        try:
            if officer.pk not in within:
                raise NotAllowed(str(NOT_HERE))
            check_not_self(user, officer)
            check_is_kept(officer)
        except Refusal as refusal:
            found[officer.pk] = str(refusal.message)
    return found


def check_paper(paper: str) -> None:
    """Errors: RuleBroken without a paper."""
    if len(paper.strip()) < 3:
        raise RuleBroken(_("Name the paper that this rests on: its kind, number and date."), source=ON_PAPER)


def check_is_kept(officer: Officer) -> None:
    """Errors: RuleBroken for a record that was entered in error."""
    if officer.exit_reason == "entered-in-error":
        raise RuleBroken(_("This record was entered in error and is closed."), source="entered in error")


def check_can_edit(user: Any, officer: Officer, *, paper: str, on: date) -> None:
    """Errors: NotAllowed, RuleBroken, unless the user may enter a change resting on that paper."""
    check_holds(user, Permission.EDIT_OFFICERS, officer, on)
    check_not_self(user, officer)
    check_is_kept(officer)
    check_paper(paper)


def check_can_enter_at(user: Any, unit: Any, *, paper: str, on: date) -> None:
    """Errors: NotAllowed, RuleBroken, unless the user may enter a new officer whose record is kept at the unit."""
    if not user.can(Permission.EDIT_OFFICERS, at=unit, on=on):
        raise NotAllowed(_("Your appointment does not allow entering officers at this unit."), source="edit-officers")
    check_paper(paper)


def check_can_edit_conduct(user: Any, officer: Officer, *, paper: str, on: date) -> None:
    """Errors: NotAllowed, RuleBroken, unless the user may enter commendations and discipline."""
    check_holds(user, Permission.EDIT_DISCIPLINE, officer, on)
    check_not_self(user, officer)
    check_is_kept(officer)
    check_paper(paper)


def check_can_verify(user: Any, officer: Officer, *, on: date) -> None:
    """Errors: NotAllowed unless the user may check evidence, which nobody does for a claim of his or her own."""
    check_holds(user, Permission.VERIFY_SKILLS, officer, on)
    check_not_self(user, officer)


def check_owns(user: Any, officer: Officer) -> None:
    """Errors: NotAllowed unless the record is the user's own."""
    if not is_own(user, officer):
        raise NotAllowed(_("Only the officer himself or herself may do this."), source=OWN_RECORD)


def check_can_claim(held: SkillHeld | None, *, on: date) -> None:
    """Errors: RuleBroken when the skill is on the record already and neither lapsed nor refused."""
    if held is None or held.state == EvidenceState.REFUSED:
        return
    if held.expires_on is not None and held.expires_on <= on:
        return
    if held.state == EvidenceState.UNVERIFIED:
        raise RuleBroken(
            _("You have sent this skill already; it is waiting to be checked."), source="one entry a skill"
        )
    raise RuleBroken(
        _("This skill is on your record already. Ask for a correction if it is wrong."), source="one entry a skill"
    )


def check_can_ask_correction(user: Any, officer: Officer, *, on: date) -> None:
    """Errors: NotAllowed unless the user is the officer, or reads the file as a commander and proposes a change."""
    check_is_kept(officer)
    if not is_own(user, officer):
        check_holds(user, Permission.SEE_FILE, officer, on)


def check_can_decide_correction(user: Any, request: CorrectionRequest, *, answer: str, on: date) -> None:
    """Errors: NotAllowed, RuleBroken, unless the user may answer the request, in writing, and did not ask it."""
    check_holds(user, Permission.DECIDE_CORRECTIONS, request.officer, on)
    check_not_self(user, request.officer)
    if request.asked_by_id == user.pk:
        raise NotAllowed(_("You asked for this; another person answers it."), source=TWO_PEOPLE)
    if len(answer.strip()) < 3:
        raise RuleBroken(_("Write the answer: what was corrected, or why not."), source=WRITTEN_ANSWER)


def check_level(skill: Skill, level: int) -> None:
    """Errors: RuleBroken for a level that the skill has not."""
    if not 1 <= level <= skill.levels:
        raise RuleBroken(
            _("%(skill)s has levels 1 to %(levels)s.") % {"skill": skill, "levels": skill.levels},
            source="skill catalogue",
        )


def check_skill_days(acquired_on: date | None, expires_on: date | None, on: date) -> None:
    """Errors: RuleBroken for a skill acquired in the future, or lapsed before it was acquired."""
    if acquired_on and acquired_on > on:
        raise RuleBroken(_("The skill is dated in the future."), source="order of days")
    if acquired_on and expires_on and expires_on <= acquired_on:
        raise RuleBroken(_("The skill would lapse before it was acquired."), source="order of days")


def check_course_days(starts_on: date | None, ends_on: date | None, on: date | None = None) -> None:
    """Errors: RuleBroken for a course that ends before it begins, or that is not over on the day `on`, where one is given."""
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(_("The course would end before it began."), source="order of days")
    if on is not None and (ends_on or starts_on or on) > on:
        raise RuleBroken(_("The course is not over yet. Enter it when it is."), source="order of days")


def check_life(officer: Officer, on: date) -> None:
    """Errors: RuleBroken for days of a record that cannot follow each other: birth, enlistment, end of contract."""
    born, enlisted, ends = officer.born_on, officer.enlisted_on, officer.contract_ends_on
    if enlisted and enlisted > on:
        raise RuleBroken(_("The enlistment lies ahead. Enter the record when the person has joined."), source=ORDER)
    if born and enlisted and enlisted.year - born.year < YOUNGEST:
        raise RuleBroken(
            _("Born on %(born)s and enlisted on %(enlisted)s: one of the two cannot be right.")
            % {"born": _day(born), "enlisted": _day(enlisted)},
            source=ORDER,
        )
    if ends and enlisted and ends <= enlisted:
        raise RuleBroken(_("The contract would end before the enlistment."), source=ORDER)


def check_rank_step(officer: Officer, rank: Rank, since: date, *, before: Any, after: Any) -> None:
    """Errors: RuleBroken for a rank held before the enlistment, on the day of another, or twice running."""
    if officer.enlisted_on and since < officer.enlisted_on:
        raise RuleBroken(
            _("The rank would be held from before the enlistment on %(day)s.") % {"day": _day(officer.enlisted_on)},
            source=ORDER,
        )
    if before is not None and before.starts_on == since:
        raise RuleBroken(
            _("%(rank)s was taken on %(day)s already. Change that step, or give the right day.")
            % {"rank": before.rank, "day": _day(since)},
            source="rank history",
        )
    for step in (before, after):
        if step is not None and step.rank_id == rank.pk:
            raise RuleBroken(
                _("The officer holds this rank already, from %(day)s. If the day is wrong, change that step.")
                % {"day": _day(step.starts_on)},
                source="rank history",
            )


def check_mends_something(holding: Any, rank: Rank, since: date) -> None:
    """Errors: RuleBroken for a step that would stay as it is."""
    if (holding.rank_id, holding.starts_on, holding.start_known) == (rank.pk, since, True):
        raise RuleBroken(_("Nothing is changed: every value is as it was."), source=ON_PAPER)


def _day(day: date) -> str:
    return date_format(day, "j F Y")
