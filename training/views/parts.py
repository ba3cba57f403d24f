"""One course at one institution, part by part: what is taught, its papers, marking, confirming, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import Refusal
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from training import drawing, said
from training.actions import integration as actions
from training.actions.integration import Place
from training.cells import Cell
from training.evidence_files import TYPES
from training.forms.integration import EvidenceForm, MarkAllForm, MarkForm, ReasonForm
from training.queries import answers
from training.queries import parts as queries
from training.queries.integration import Line, Look, Matrix
from training.views.integration import SEES, frame, look_of


@dataclass(frozen=True)
class Seen:
    """What the address leads to, for a reader who may see it."""

    matrix: Matrix
    line: Line
    course: Any
    place: Place
    query: str
    form: Any

    @property
    def cell(self) -> Cell:
        return self.line.cells[self.course.code]

    @property
    def url(self) -> str:
        return reverse("training:taught", args=[self.line.institution.unit.code, self.course.code])

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(each.code, str(each)) for each in self.matrix.curriculum.parts]

    @property
    def name(self) -> str:
        return f"{self.course} · {self.line.institution.unit.name}"


def seen(request: Any, code: str, course: str, *, now: bool = False) -> Seen:
    """The course at the institution; `now` for a deed, which concerns today whatever the address says. Errors: NotFound."""
    form, look, query = look_of(request)
    if now:
        look, query = Look(request.today), ""
    matrix, line, known = queries.access_course(request.user, code, course, look=look, today=request.today)
    return Seen(matrix, line, known, Place(line.institution, known, matrix.curriculum), query, form)


def _deed(request: Any) -> dict[str, Any]:
    """Who does it, on which day, at what moment."""
    return {"by": request.user, "on": request.today, "at": request.now}


def _rights(request: Any, found: Seen) -> dict[str, bool]:
    unit, on = found.line.institution.unit, request.today
    today = found.matrix.look.on == on
    return {
        "may_run": today and request.user.can(P.RUN_TRAINING, at=unit, on=on),
        "may_command": today and request.user.can(P.COMMAND_TRAINING, at=unit, on=on),
    }


def _crumbs(found: Seen, last: Any = "") -> list[tuple[Any, str]]:
    unit = found.line.institution.unit
    crumbs = [
        (_("Muamko Mpya"), reverse("training:matrix") + found.query),
        (unit.name, reverse("training:matrix_institution", args=[unit.code]) + found.query),
        (str(found.course), found.url + found.query if last else ""),
    ]
    return [*crumbs, (last, "")] if last else crumbs


@SEES
def taught(request: Any, code: str, course: str) -> HttpResponse:
    """All parts of one course at one institution."""
    found = seen(request, code, course)
    on = found.matrix.look.on
    lines = queries.parts_of(found.place, on=on)
    word = answers.taught_at(found.line.institution, found.course, on=request.today)
    drawn = [drawing.state_cell(state) for state in found.cell.states]
    page = frame(request, found.matrix.look, found.form, found.course, found.name) | _rights(request, found)
    page |= {
        "found": found, "cell": found.cell, "unit": found.line.institution.unit, "crumbs": _crumbs(found),
        "lines": [(each, cell, word.of(each.part.code)) for each, cell in zip(lines, drawn, strict=True)],
        "papers": queries.evidence_of(found.place), "reasons": queries.reasons_of(found.place), "word": word, "on": on,
        "waiting": [each for each in lines if each.now and not each.now.confirmed_by_id and each.now.state != "none"],
        "is_today": on == request.today,
    }  # fmt: skip
    return render(request, "training/taught.html", page)


@SEES
def part(request: Any, code: str, course: str, part: str) -> HttpResponse:
    """One part: what is said of it, by whom, its papers, what was said before, and the trainees' own word."""
    found = seen(request, code, course)
    known = found.matrix.curriculum.part(part)
    line = next(each for each in queries.parts_of(found.place, on=found.matrix.look.on) if each.part.code == known.code)
    rights = _rights(request, found)
    usual = (
        {"state": line.now.state, "minutes": line.now.minutes or known.minutes}
        if line.now
        else {"minutes": known.minutes}
    )
    form = MarkForm(request.POST or None, initial=usual) if rights["may_run"] else None
    word = answers.taught_at(found.line.institution, found.course, on=request.today)
    state = found.cell.states[found.matrix.curriculum.parts.index(known)]
    page = frame(request, found.matrix.look, found.form, known, found.name) | rights | {
        "found": found, "line": line, "mark_form": form, "word": word, "spread": word.of(known.code),
        "spread_bars": said.bands(word.of(known.code), said.part_labels()),
        "state": drawing.state_cell(state), "words": drawing.words(state), "crumbs": _crumbs(found, str(known)), "part": known,
        "mark_url": reverse("training:mark", args=[code, course]),
    }  # fmt: skip
    return render(request, "training/part.html", page)


@opens_to(P.RUN_TRAINING)
def mark(request: Any, code: str, course: str) -> HttpResponse:
    """Say of one or several parts what is taught from today on."""
    found = seen(request, code, course, now=True)
    given = request.POST or None
    form = MarkAllForm(given, parts=found.choices, initial={"parts": [each for each, _name in found.choices]})
    return form_page(
        request, form,
        lambda sent: actions.mark_parts(place=found.place, **sent.cleaned_data, **_deed(request)),
        title=_("Mark what is taught"), caption=found.name, submit=_("Mark"), back=found.url,
        said=_("Marked. It counts from today; the commandant confirms it."),
        lead=_("Planned: it stands in the timetable. Taught: the last running gave it. Assessed: trainees were examined in it."),
    )  # fmt: skip


@opens_to(P.COMMAND_TRAINING)
@require_POST
def confirm(request: Any, code: str, course: str) -> HttpResponse:
    """The commandant's word that it is so."""
    found = seen(request, code, course, now=True)
    try:
        actions.confirm_parts(place=found.place, parts=request.POST.getlist("parts"), **_deed(request))
        notices.done(request, _("Confirmed."))
    except Refusal as refusal:
        notices.refuse(request, refusal.message)
    return redirect(found.url)


@opens_to(P.RUN_TRAINING)
def attach(request: Any, code: str, course: str) -> HttpResponse:
    """Attach a timetable, a lesson plan, an examination."""
    found = seen(request, code, course, now=True)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        parts=found.choices,
        initial={"part_code": request.GET.get("part", "")},
    )
    return form_page(
        request, form,
        lambda sent: actions.add_evidence(place=found.place, **sent.cleaned_data, **_deed(request)),
        title=_("Attach a paper"), caption=found.name, submit=_("Attach"), back=found.url, said=_("The paper is attached."),
        lead=_("A paper that shows that it is planned or taught. Nothing that trainees said, and none of their names."),
    )  # fmt: skip


@opens_to(P.COMMAND_TRAINING)
def reason(request: Any, code: str, course: str) -> HttpResponse:
    """Why the course is behind, and what would help."""
    found = seen(request, code, course, now=True)
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda sent: actions.give_reason(
            place=found.place, **sent.cleaned_data, is_in_arrears=found.cell.in_arrears, **_deed(request)
        ),
        title=_("Reason for arrears"), caption=found.name, submit=_("Give the reason"), back=found.url,
        said=_("The reason stands beside the course, for everyone who sees the matrix."),
        lead=_("It is read by the Inspector General and the Director of training, with what you need."),
    )  # fmt: skip


@SEES
def paper(request: HttpRequest, ref: str) -> FileResponse:
    """A paper as a download: it never opens inside the product."""
    found = queries.access_evidence(request.user, ref, today=request.today)
    ending = found.file.rsplit(".", 1)[-1]
    name = f"{found.institution.unit.code}-{found.course.code}-{found.kind}.{ending}"
    response = FileResponse(queries.opened(found), as_attachment=True, filename=name, content_type=TYPES[ending])
    response["Cache-Control"] = "private, no-store"
    return response


@opens_to(P.RUN_TRAINING)
@require_POST
def withdraw(request: Any, ref: str) -> HttpResponse:
    """Take out a paper that was attached by mistake."""
    found = queries.access_evidence(request.user, ref, today=request.today)
    actions.withdraw_evidence(evidence=found, by=request.user, on=request.today, at=request.now)
    notices.done(request, _("The paper is taken out."))
    return redirect("training:taught", found.institution.unit.code, found.course.code)
