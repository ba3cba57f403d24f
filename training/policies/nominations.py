"""Who puts names forward, who forwards or refuses a request, who gives seats, and who takes a name back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.permissions import Permission
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from personnel.models import Officer
from training import reasons
from training.eligibility import Finding, bars
from training.finding_words import sentence
from training.models import Cohort, CohortState, Nomination, NominationSource, NominationState
from training.policies.cohorts import FAIR, NOT_ONESELF, check_is_not_about_oneself, check_runs, check_words

ORDER = "Published order of seats"
BY_THE_COMMAND = "access rule: officers are put forward by their own line of command"
# Of a commander elsewhere, of anybody else and of nobody alike: a number on a paper does not tell whose it is.
NO_SIGNER = _l(
    "No commander over the officer's unit has this number. Type the service number of the commander who signed."
)
CONDITIONS = "Entry conditions of the course"
NAMES = (CohortState.OPEN,)
SEATS = (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED)


def is_own(by: Any, officer: Officer) -> bool:
    """Whether the record is the user's own."""
    return by is not None and officer.user_id is not None and officer.user_id == by.pk


def commands(by: Any, officer: Officer, *, on: date) -> bool:
    """Whether the user puts officers of that unit forward; never himself or herself."""
    if is_own(by, officer) or officer.unit is None:
        return False
    return bool(by.can(Permission.NOMINATE_TRAINEES, at=officer.unit, on=on))


def check_takes_names(cohort: Cohort, *, on: date) -> None:
    """Errors: RuleBroken once names are no longer taken."""
    if cohort.state not in NAMES:
        raise RuleBroken(
            _("Names are not taken for this course now: %(state)s.") % {"state": cohort.get_state_display()}, ORDER
        )
    if cohort.nominate_by is not None and cohort.nominate_by < on:
        raise RuleBroken(
            _("Names were taken until %(day)s. Ask the institution for the next running of the course.")
            % {"day": date_format(cohort.nominate_by, "j F Y")},
            ORDER,
        )


def check_paper(signed_by: Any, paper: str) -> None:
    """What a commander signed is entered from a paper that can be asked for. Errors: RuleBroken without one."""
    if signed_by is not None and len(paper.strip()) < 4:
        raise RuleBroken(_("Name the paper that the commander signed: kind, number, day."), BY_THE_COMMAND)


def check_can_nominate(by: Any, officer: Officer, *, source: str, signed_by: Any = None, on: date) -> None:
    """A commander for officers of the own area, the roll-out's plan for its area; nobody himself or herself.

    `signed_by` is the commander whose paper somebody else types: both reach the officer, and neither is the officer.
    """
    if is_own(by, officer):
        raise NotAllowed(_("You cannot put yourself forward: ask for the course under “My training”."), NOT_ONESELF)
    if officer.unit is None:
        raise RuleBroken(_("No posting of the officer is on record; HR records it first."), BY_THE_COMMAND)
    if signed_by is not None:
        if not by.can(Permission.NOMINATE_ON_PAPER, at=officer.unit, on=on):
            raise NotAllowed(_("Your appointment does not reach this officer's unit."), BY_THE_COMMAND)
        if not commands(signed_by, officer, on=on):
            raise RuleBroken(str(NO_SIGNER), BY_THE_COMMAND)
        return
    wanted = Permission.LEAD_ROLLOUT if source == NominationSource.PLAN else Permission.NOMINATE_TRAINEES
    if not by.can(wanted, at=officer.unit, on=on):
        raise NotAllowed(_("Your appointment does not reach this officer's unit."), BY_THE_COMMAND)


def check_is_eligible(found: list[Finding]) -> None:
    """Errors: RuleBroken naming each condition that does not hold, what was found, its basis and where to turn."""
    against = bars(found)
    if against:
        words = " ".join(sentence(each) for each in against)
        turn = reasons.TURN_ON_RECORD.turn(get_language() or "en")
        raise RuleBroken(f"{words} {turn}", "; ".join(dict.fromkeys(each.basis for each in against if each.basis)))


def check_can_ask(by: Any, officer: Officer) -> None:
    """The officer himself or herself."""
    if not is_own(by, officer):
        raise NotAllowed(_("Only the officer asks for a course; a commander puts names forward."), BY_THE_COMMAND)


def check_answers_request(by: Any, nomination: Nomination, *, on: date) -> None:
    """A commander of the officer answers, not the officer; whoever comes second is told who was first."""
    check_is_not_about_oneself(by, nomination.officer)
    if not commands(by, nomination.officer, on=on):
        raise NotAllowed(_("A request is answered by a commander of the officer."), BY_THE_COMMAND)
    check_waits(nomination, NominationState.ASKED)


def check_waits(nomination: Nomination, *states: str) -> None:
    """Errors: InvalidTransition naming who was first."""
    if nomination.state in states:
        return
    state = nomination.get_state_display()
    if nomination.decided_by is not None:
        raise InvalidTransition(
            _("%(name)s answered this already: %(state)s. Read the page again.")
            % {"name": nomination.decided_by.full_name, "state": state}
        )
    raise InvalidTransition(_("This has gone on meanwhile: %(state)s. Read the page again.") % {"state": state})


def check_refusal(code: str, among: list[reasons.Reason], words: str) -> reasons.Reason:
    """A reason of the closed list, and a sentence: the officer reads both."""
    found = next((each for each in among if each.code == code), None)
    if found is None:
        raise RuleBroken(_("Choose a reason from the list."), FAIR)
    check_words(words, _("Write the reason in a sentence: the officer reads it."))
    return found


def check_gives_seats(by: Any, cohort: Cohort, *, on: date) -> None:
    """Whoever runs the training of the unit gives the seats, until the first day."""
    check_runs(by, cohort.unit, on=on)
    if cohort.state not in SEATS:
        raise InvalidTransition(
            _("Seats of this course are no longer given: %(state)s.") % {"state": cohort.get_state_display()}
        )


def check_can_withdraw(by: Any, nomination: Nomination, *, reason: str, on: date) -> None:
    """The officer, or a commander of the officer, with the reason on record, until the course begins."""
    own = is_own(by, nomination.officer)
    if not own and not commands(by, nomination.officer, on=on):
        raise NotAllowed(_("A name is taken back by the officer or by a commander of the officer."), BY_THE_COMMAND)
    if nomination.cohort.state not in SEATS:
        raise InvalidTransition(_("The course has begun; the institution records who leaves it."))
    check_words(reason, _("Say in a sentence why: the reason stays on record."))
