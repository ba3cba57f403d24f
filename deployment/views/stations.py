"""The monthly station return on a phone, and the desk where its odd answers are dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from deployment import actions
from deployment.forms import ResolveForm
from deployment.forms.stations import Answers, answers_in
from deployment.queries import stations
from deployment.tables import LineTable
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import Refusal
from hcims.ui.form_pages import form_page
from hcims.ui.tables import listed

if TYPE_CHECKING:
    from organisation.models import Unit


@opens_to(Permission.CONFIRM_STATION)
def station_returns(request: HttpRequest) -> HttpResponse:
    """The units whose list this person may confirm; straight to the form when there is one."""
    on = request.today
    units = stations.units_to_confirm(request.user, on=on)
    asked = request.GET.get("q", "").strip()
    if asked:
        units = units.filter(name__icontains=asked)
    waiting = units.filter(is_confirmed=False)
    only_waiting = request.GET.get("show") == "waiting"  # the number on the start page opens a list of its length
    page = Paginator(waiting if only_waiting else units, 60).get_page(request.GET.get("page"))
    shown, total = list(page), page.paginator.count
    if total == 1 and not asked and not shown[0].is_confirmed:
        return redirect("deployment:station_return", code=shown[0].code)
    told = {"units": shown, "page_obj": page, "total": total, "only_waiting": only_waiting,
            "waiting": total if only_waiting else waiting.count()}  # fmt: skip
    return render(request, "deployment/station_returns.html", {**told, "month": on, "asked": asked})


@opens_to(Permission.CONFIRM_STATION)
def station_return(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody is here unless said otherwise: a station without changes confirms with one tap."""
    on = request.today
    unit = stations.access_station(request.user, code, on=on)
    done = stations.return_of(unit, on)
    people = stations.list_of(unit, on=on)
    problems: list[str] = []
    if request.method == "POST" and done is None:
        sent = answers_in(request.POST, people)
        problems = sent.problems or _confirm(request, unit, sent)
        if not problems:
            messages.success(request, _("Thank you. The list is confirmed for this month."))
            return redirect("deployment:station_return", code=code)
    given = request.POST if problems else {}  # nothing that was typed is lost
    page = {
        "unit": unit, "done": done, "month": on, "problems": problems, "newcomers": given.get("newcomers", ""),
        "people": [(each, given.get(f"answer-{each.ref}", "here"), given.get(f"note-{each.ref}", "")) for each in people],
    }  # fmt: skip
    return render(request, "deployment/station_return.html", page, status=422 if problems else 200)


def _confirm(request: HttpRequest, unit: Unit, sent: Answers) -> list[str]:
    """What stood in the way; nothing where the list was confirmed."""
    try:
        actions.confirm_station(
            unit=unit, month=request.today, odd=sent.odd, newcomers=sent.newcomers, by=request.user, on=request.today,
            at=request.now,
        )  # fmt: skip
    except Refusal as error:
        return [error.message]
    return []


@opens_to(Permission.RECORD_POSTINGS)
def answers(request: HttpRequest) -> HttpResponse:
    """The queue of answers that need someone to look, the oldest first."""
    table = LineTable(stations.lines_to_resolve(request.user, on=request.today))
    return render(request, "deployment/answers.html", {"table": listed(request, table)})


@opens_to(Permission.RECORD_POSTINGS)
def resolve(request: HttpRequest, ref: str) -> HttpResponse:
    line = stations.access_line(request.user, ref, on=request.today)
    return form_page(
        request,
        ResolveForm(request.POST or None),
        lambda form: actions.resolve_line(
            line=line, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Deal with an answer"),
        lead=f"{line.station_return.unit}: {line.get_answer_display()} · {line.officer or line.service_number} · {line.note}",
        submit=_("Done"),
        back=reverse("deployment:answers"),
        said=_("The answer is dealt with."),
    )
