"""The letter that calls a trainee: where, from when to when, what to bring, and what to do if it cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from hcims.letters.blocks import Draft, facts, heading, initials, items, paragraph
from training.models import Enrolment

AT_HAND = (
    "cohort__version__course", "cohort__unit", "cohort__planned_by", "nomination__decided_by", "officer__user",
    "officer__rank", "officer__unit",
)  # fmt: skip


def sender(enrolment: Enrolment) -> Any:
    """Who gave the seat; for a name that moved up by itself, who planned the course."""
    given_by = enrolment.nomination.decided_by if enrolment.nomination is not None else None
    return given_by or enrolment.cohort.planned_by


def draft(enrolment: Enrolment) -> Draft:
    """The letter in the officer's language."""
    officer, cohort = enrolment.officer, enrolment.cohort
    language = str(officer.user.language) if officer.user is not None else "en"
    with override(language):
        return Draft(
            title=_("Joining letter"),
            blocks=[
                paragraph(_("You are given a seat on the following course.")),
                facts(_facts(enrolment)),
                heading(_("What to do")),
                items(_to_do()),
                heading(_("If you cannot come")),
                paragraph(
                    _("Take your name back under “My training” as early as you can, and say why: the seat goes to the next in"
                      " the published order. Whoever does not come without a word counts as not having come.")
                ),
            ],
            to=[officer.full_name, f"{officer.rank or ''} {officer.service_number}".strip(),
                officer.unit.name if officer.unit else ""],
            signed=[cohort.unit.name],
            initials=initials(officer.full_name),
            about=enrolment.ref,
            recipient=officer.user,
            language=language,
        )  # fmt: skip


def _facts(enrolment: Enrolment) -> list[tuple[str, object]]:
    cohort, officer = enrolment.cohort, enrolment.officer
    place = f"{cohort.unit.name}, {cohort.venue}" if cohort.venue else cohort.unit.name
    rows: list[tuple[str, object]] = [
        (_("Officer"), f"{officer.service_number} {officer.full_name}"),
        (_("Course"), cohort.version.course),
        (_("Intake"), cohort.title),
        (_("Place"), place),
        (_("First day"), _day(cohort.first_on)),
        (_("Last day"), _day(cohort.last_on)),
    ]
    if enrolment.attempt > 1:
        rows.append((_("Attempt"), enrolment.attempt))
    return rows


def _to_do() -> list[str]:
    return [
        _("Hand over your duties, and show this letter to your commander."),
        _("Report on the first day in the morning. Bring this letter and your certificate of appointment."),
        _("Bring the papers that “My training” says are still to be shown."),
    ]


def _day(day: date) -> str:
    return date_format(day, "l, j F Y")
