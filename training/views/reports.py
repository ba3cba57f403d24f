"""Figures of training between two days: for the ministry's reports, printed or taken away, with the list behind each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui.tables import listed
from training.forms.reports import ReportForm
from training.queries import reports as queries
from training.report_table import TraineeTable


@opens_to(Permission.SEE_TRAINING)
def reports(request: HttpRequest) -> HttpResponse:
    """Trainees by course, institution, region, service, rank or sex, and what became of them."""
    form = ReportForm(request.GET, today=request.today)
    asked = form.asked
    lines = queries.report(request.user, asked, today=request.today)
    heading = str(queries.GROUPS[asked.group][0])
    if request.GET.get("format"):
        return _export(request, asked, heading, lines)
    shown = [*lines, queries.total(lines)] if lines else []
    context = {
        "form": form,
        "heading": heading,
        "states": [(code, words[0]) for code, words in queries.STATES.items()],
        "lines": [_line(asked, line) for line in shown],
        "has_hours": asked.group in queries.OF_THE_COHORT,
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "scope": _scope(asked),
        "print_scope": _scope(asked),
    }
    return render(request, "training/reports.html", context)


def _scope(asked: queries.Asked) -> str:
    days = {"first": date_format(asked.first, "j M Y"), "last": date_format(asked.last, "j M Y")}
    return _("Cohorts that began from %(first)s to %(last)s") % days


def _line(asked: queries.Asked, line: queries.Line) -> dict[str, Any]:
    """A line with an address behind each number that is not nought."""
    days = {"first": asked.first.isoformat(), "last": asked.last.isoformat()}
    base = {**days, "group": asked.group, **({"line": line.key} if line.key else {})}
    page = reverse("training:report_trainees")
    cells = [
        (count, f"{page}?{urlencode({**base, 'state': code})}" if count else "") for code, count in line.counts.items()
    ]
    women = f"{page}?{urlencode({**base, 'state': queries.WOMEN})}" if line.women else ""
    return {"line": line, "cells": cells, "women_url": women}


def _export(request: HttpRequest, asked: queries.Asked, heading: str, lines: list[queries.Line]) -> HttpResponse:
    states = [str(words[0]) for words in queries.STATES.values()]
    columns = [
        heading,
        *states,
        _("Women called"),
        _("Attendance, of 100"),
        _("Hours of Muamko Mpya and other programmes"),
    ]
    rows = [[line.name, *line.counts.values(), line.women, line.attended, line.hours] for line in lines]
    return export_response(
        request, "training-report", columns, rows, format=request.GET["format"], by=request.user, at=request.now,
        scope=_scope(asked),
    )  # fmt: skip


@opens_to(Permission.SEE_TRAINING)
def trainees(request: HttpRequest) -> HttpResponse:
    """The trainees behind one number of a report."""
    asked = ReportForm(request.GET, today=request.today).asked
    found = queries.trainees(request.user, asked, today=request.today).select_related(
        "officer__rank", "officer__unit", "cohort__version__course", "cohort__unit"
    )
    if request.GET.get("format"):
        return _export_trainees(request, asked, found)
    table = listed(request, TraineeTable(found))
    table.may_see_file = request.user.can(Permission.SEE_FILE, on=request.today)
    words = _("Women called") if asked.state == queries.WOMEN else str(queries.STATES[asked.state][0])
    context = {
        "table": table,
        "title": words,
        "scope": _scope(asked),
        "may_export": request.user.can(Permission.EXPORT, on=request.today),
        "crumbs": [(_("Reports on training"), reverse("training:reports")), (words, "")],
        "print_scope": f"{words}. {_scope(asked)}",
    }
    return render(request, "training/report_trainees.html", context)


def _export_trainees(request: HttpRequest, asked: queries.Asked, found: Any) -> HttpResponse:
    columns = [_("Service number"), _("Name"), _("Rank"), _("Unit"), _("Course"), _("Cohort"), _("Held by"),
               _("First day"), _("State"), _("Mark")]  # fmt: skip
    rows = (
        [each.officer.service_number, each.officer.full_name, str(each.officer.rank or ""), str(each.officer.unit or ""),
         str(each.cohort.version.course), each.cohort.title, each.cohort.unit.name, each.cohort.first_on,
         each.get_state_display(), each.mark]
        for each in found.order_by("pk").iterator(chunk_size=1000)
    )  # fmt: skip
    return export_response(
        request, "trainees", columns, rows, format=request.GET["format"], by=request.user, at=request.now,
        scope=_scope(asked),
    )  # fmt: skip
