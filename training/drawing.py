"""The integration matrix as it is drawn: letters and shades for states, rows of cells, the line of words above them.

Cells are put together here and not in a template: at 8,000 of them a template takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hcims.ui.charts import Cell as Shaded
from training import cells
from training.cells import Cell
from training.models import TeachingState
from training.queries.integration import OPEN, Line, Matrix

STEPS = {cells.NONE: 5, cells.PLANNED: 3, cells.TAUGHT: 1, cells.ASSESSED: 0}
REASONLESS = "!"


def letters() -> dict[int, str]:
    """The letter of each state: a state never rests on its shade alone."""
    return {
        cells.NONE: "–",
        cells.PLANNED: pgettext("letter of a state of teaching", "P"),
        cells.TAUGHT: pgettext("letter of a state of teaching", "T"),
        cells.ASSESSED: pgettext("letter of a state of teaching", "A"),
    }


def words(state: int) -> str:
    """A state in a word."""
    return str(TeachingState(cells.CODES[state]).label)


def legend() -> list[tuple[int, str, str]]:
    """Step, letter and word of each state, the best first."""
    marks = letters()
    return [(STEPS[state], marks[state], words(state)) for state in reversed(STEPS)]


def step_of(done: int, due: int) -> int:
    """The shade of a share carried out: 0 for all of it, 5 for nothing."""
    return 0 if due == 0 or done >= due else max(1, min(5, 5 - 5 * done // due))


def state_cell(state: int, url: str = "", title: str = "") -> Shaded:
    """One part of one course: its letter on its shade."""
    return Shaded(letters()[state], STEPS[state], url, title=title or words(state))


@dataclass(frozen=True)
class DrawnLine:
    """A row of the table of institutions."""

    line: Line
    url: str
    arrears_url: str
    open_url: str  # courses in which something waits for the commandant
    parts: list[Shaded]
    needs: list[tuple[str, int]]

    @property
    def expected_on(self) -> Any:
        """The last of the days by which what is behind is promised."""
        return max((each.expected_on for each in self.line.reasons), default=None)

    @property
    def step(self) -> int:
        totals = self.line.totals
        return step_of(totals.done, totals.due)


class Drawing:
    """The page's own words and rows."""

    def __init__(self, matrix: Matrix, query: str) -> None:
        self.matrix, self.query = matrix, query

    def lines(self) -> list[DrawnLine]:
        """Institutions, the worst first."""
        return [self._line(each) for each in self.matrix.lines]

    def _line(self, line: Line) -> DrawnLine:
        code, totals = line.institution.unit.code, line.totals
        url = reverse("training:matrix_institution", args=[code]) + self.query
        parts = [
            Shaded(f"{done}/{totals.courses}", step_of(done, totals.courses), url) if totals.courses else Shaded("", state="none")
            for done in totals.done_by_part
        ]  # fmt: skip
        counted: dict[str, int] = {}
        for each in line.reasons:
            counted[each.get_need_display()] = counted.get(each.get_need_display(), 0) + 1
        needs = sorted(counted.items(), key=lambda each: -each[1])[:2]
        joint = "&" if self.query else "?"
        arrears = f"{reverse('training:arrears')}{self.query}{joint}institution={code}"
        return DrawnLine(line, url, arrears, f"{url}{joint}state={OPEN}", parts, needs)

    def heads(self) -> SafeString:
        """Course codes above the wide matrix, each leading to that course at all institutions."""
        made = (
            f'<th scope="col"><a href="{reverse("training:matrix_course", args=[each.code])}{conditional_escape(self.query)}" '
            f'title="{conditional_escape(str(each))}">{each.code}</a></th>'
            for each in self.matrix.courses
        )
        return mark_safe("".join(made))

    def rows(self) -> SafeString:
        """The wide matrix: a row an institution, a cell a course, a letter a part."""
        return mark_safe("".join(self._row(each) for each in self.matrix.lines))

    def _row(self, line: Line) -> str:
        unit = line.institution.unit
        place = reverse("training:matrix_institution", args=[unit.code])
        query = conditional_escape(self.query)
        head = format_html(
            '<tr><th scope="row"><a href="{}" title="{}">{}</a></th>', place + self.query, unit.name, unit.code
        )
        marks = letters()
        made: list[str] = [head]
        for course in self.matrix.courses:
            cell = line.cells.get(course.code)
            if cell is None:
                made.append("<td></td>")
                continue
            text = "".join([marks[state] for state in cell.states])
            mark = REASONLESS if cell.in_arrears and not cell.has_reason else ""
            step = step_of(cell.done, len(cell.states))
            made.append(f'<td class="heat heat-{step}"><a href="{place}{course.code}/{query}">{text}{mark}</a></td>')
        made.append("</tr>")
        return "".join(made)

    def verdict(self) -> tuple[str, str]:
        """Tone and words of the line that says who has not carried out the order."""
        lines = [each for each in self.matrix.lines if each.totals.courses]
        late = [each for each in lines if each.totals.in_arrears]
        whole = sum(each.totals.whole == each.totals.courses for each in lines)
        said = ngettext(
            "%(whole)d of %(all)d institution has carried out the order in every course.",
            "%(whole)d of %(all)d institutions have carried out the order in every course.",
            len(lines),
        ) % {"whole": whole, "all": len(lines)}
        if not late:
            return "good" if whole == len(lines) and lines else "info", said
        without = [each for each in late if each.totals.without_reason]
        behind = _("Furthest behind: %(names)s.") % {"names": "; ".join(map(_lag_words, late[:3]))}
        silent = ngettext(
            "%(count)d institution is in arrears without a reason.",
            "%(count)d institutions are in arrears without a reason.",
            len(without),
        ) % {"count": len(without)}
        return "bad", " ".join([said, behind, silent] if without else [said, behind])


def _lag_words(line: Line) -> str:
    share = share_text(line.totals.share)
    words = {"name": line.institution.unit.name, "share": share}
    if line.totals.without_reason == line.totals.in_arrears:
        return _("%(name)s (%(share)s carried out, no reason given)") % words
    if line.totals.without_reason:
        return _("%(name)s (%(share)s carried out, not every reason given)") % words
    return _("%(name)s (%(share)s carried out, reason given)") % words


def share_text(share: float | None) -> str:
    """A share of what is due; never 0 % or 100 % for what is not quite that."""
    if share is None:
        return "–"
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        rounded = 99
    if rounded == 0 and share > 0:
        rounded = 1
    return f"{rounded}%"


def cell_words(cell: Cell) -> str:
    """A cell for a file: the letters, as on the page."""
    marks = letters()
    return "".join(marks[state] for state in cell.states)


@dataclass(frozen=True)
class DrawnCell:
    """A course at an institution, drawn part by part."""

    label: str
    url: str
    cell: Cell
    parts: list[Shaded]
    reason: Any  # of a course in arrears


def course_rows(matrix: Matrix, line: Line, query: str) -> list[DrawnCell]:
    """An institution's courses, the least carried out first."""
    place = reverse("training:matrix_institution", args=[line.institution.unit.code])
    reasons = {each.course_id: each for each in line.reasons}
    found = [
        _drawn(matrix, str(course), f"{place}{course.code}/", query, line.cells[course.code], reasons.get(course.pk))
        for course in matrix.courses
        if course.code in line.cells
    ]
    return sorted(found, key=lambda each: each.cell.done)


def institution_rows(matrix: Matrix, course: Any, query: str) -> list[DrawnCell]:
    """The institutions that give a course, the least carried out first."""
    found = []
    for line in matrix.lines:
        if course.code in line.cells:
            unit = line.institution.unit
            url = f"{reverse('training:matrix_institution', args=[unit.code])}{course.code}/"
            reason = next((each for each in line.reasons if each.course_id == course.pk), None)
            found.append(_drawn(matrix, unit.name, url, query, line.cells[course.code], reason))
    return sorted(found, key=lambda each: each.cell.done)


def _drawn(matrix: Matrix, label: str, url: str, query: str, cell: Cell, reason: Any) -> DrawnCell:
    parts = [
        state_cell(state, f"{url}parts/{part.code}/{query}", f"{part}: {words(state)}")
        for part, state in zip(matrix.curriculum.parts, cell.states, strict=True)
    ]
    return DrawnCell(label, url + query, cell, parts, reason)
