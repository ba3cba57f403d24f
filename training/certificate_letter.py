"""The certificate of a course passed: a paper that a stranger can check by its code."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from hcims.letters.blocks import Draft, facts, initials, paragraph
from training.models import Enrolment

AT_HAND = ("cohort__version__course", "cohort__unit", "officer__user", "officer__rank", "officer__unit")


def draft(enrolment: Enrolment, *, expires_on: date | None) -> Draft:
    """The certificate, in English: it is shown to others."""
    officer, cohort = enrolment.officer, enrolment.cohort
    with override("en"):
        rows: list[tuple[str, object]] = [
            (_("Name"), officer.full_name),
            (_("Service number"), officer.service_number),
            (_("Course"), cohort.version.course.name_en),
            (_("Version"), cohort.version.number),
            (_("Held at"), cohort.unit.name),
            (_("From"), _day(cohort.first_on)),
            (_("To"), _day(cohort.last_on)),
            (_("Passed on"), _day(enrolment.result_on or cohort.last_on)),
            (_("Valid until"), _day(expires_on) if expires_on else _("it does not lapse")),
        ]
        return Draft(
            title=_("Certificate"),
            blocks=[
                paragraph(
                    _("This is to certify that the member of the service named here has passed the course below.")
                ),
                facts(rows),
            ],
            signed=[cohort.unit.name],
            initials=initials(officer.full_name),
            about=enrolment.ref,
            recipient=officer.user,
            language="en",
        )


def _day(day: date) -> str:
    return date_format(day, "j F Y")
