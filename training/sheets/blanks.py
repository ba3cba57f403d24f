"""Sheets to fill in: the trainees of a cohort, with a column for each meeting, or with columns for mark and result.

Filled in, they go back through the import as they are: a row for each trainee, headings that it knows.
"""

from __future__ import annotations

from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from training.models import Attendance, Cohort, Enrolment, EnrolmentState
from training.queries.attendance import shares_of

THERE = (EnrolmentState.JOINED, EnrolmentState.PASSED, EnrolmentState.FAILED)


def write_register(out: IO[bytes], cohort: Cohort) -> int:
    """This function will write the register, with what was taken so far; it gives the number of trainees.

    A heading is the day of the meeting, or its number where the cohort met twice on one day.
    """
    meetings = list(cohort.meetings.filter(cancelled_on=None).order_by("number"))
    days = [each.on for each in meetings]
    taken = {
        (place, meeting): present
        for place, meeting, present in Attendance.objects.filter(meeting__cohort=cohort).values_list(
            "enrolment_id", "meeting_id", "present"
        )
    }
    marks = {True: "P", False: "A", None: ""}
    sheet = _Sheet(out, cohort)
    for meeting in meetings:
        sheet.head(meeting.on if days.count(meeting.on) == 1 else str(meeting.number))
    for place in _trainees(cohort):
        sheet.row(place, [marks[taken.get((place.pk, each.pk))] for each in meetings])
    return sheet.close()


def write_results(out: IO[bytes], cohort: Cohort) -> int:
    """This function will write the list of results to fill in, with the attendance beside; it gives the number of trainees."""
    shares = shares_of(cohort)
    sheet = _Sheet(out, cohort)
    for heading in (_("Mark"), _("Result"), _("Paper"), _("Attendance, of 100")):
        sheet.head(str(heading))
    for place in _trainees(cohort):
        stands = place.get_state_display() if place.state in THERE[1:] else ""
        share = shares.get(place.pk)
        sheet.row(place, [place.mark, stands, place.result_paper, share.of_100 if share else None])
    return sheet.close()


def _trainees(cohort: Cohort) -> list[Enrolment]:
    return list(cohort.enrolments.filter(state__in=THERE).select_related("officer").order_by("officer__service_number"))


class _Sheet:
    """A workbook with number, name and further columns; numbers are text, so that zeros stay."""

    def __init__(self, out: IO[bytes], cohort: Cohort) -> None:
        self._book = xlsxwriter.Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._sheet = self._book.add_worksheet(_("Trainees")[:31])
        self._bold = self._book.add_format({"bold": True, "bg_color": "#dfe9f5", "border": 1})
        self._day = self._book.add_format(
            {"bold": True, "bg_color": "#dfe9f5", "border": 1, "num_format": "yyyy-mm-dd"}
        )
        self._text = self._book.add_format({"num_format": "@"})
        self._sheet.write_string(0, 0, f"{cohort.version.course}, {cohort.title}, {cohort.unit.name}"[:200])
        self._columns = self._rows = 0
        self._sheet.set_column(0, 0, 16)
        self._sheet.set_column(1, 1, 28)
        self._sheet.freeze_panes(2, 2)
        self.head(str(_("Service number")))
        self.head(str(_("Name")))

    def head(self, heading: Any) -> None:
        """One more column."""
        if isinstance(heading, str):
            self._sheet.write_string(1, self._columns, heading, self._bold)
        else:
            self._sheet.write_datetime(1, self._columns, heading, self._day)
            self._sheet.set_column(self._columns, self._columns, 11)
        self._columns += 1

    def row(self, place: Enrolment, cells: list[Any]) -> None:
        """One more trainee."""
        self._rows += 1
        texts = [place.officer.service_number, f"{place.officer.other_names} {place.officer.surname}"]
        for column, value in enumerate([*texts, *cells]):
            if isinstance(value, int):
                self._sheet.write_number(self._rows + 1, column, value)
            elif value:
                self._sheet.write_string(self._rows + 1, column, str(value), self._text)

    def close(self) -> int:
        """The number of trainees, once the book is written."""
        self._book.close()
        return self._rows
