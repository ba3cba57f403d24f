"""Who is due to move: the list, the months ahead by county, the file, and putting many forward for rotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from hcims.ui import notices, parts
from hcims.ui.tables import listed
from transfers.actions import rotation as actions
from transfers.due_table import DueTable
from transfers.forms.due import REASONS, DueFilters, RemarkForm
from transfers.queries import due as queries
from transfers.queries import own, rotation

WORKERS = queries.WORKERS
AHEAD = ("all", "overstay", "hardship", "retirement")  # what changes with time


@opens_to(*WORKERS)
@require_GET
def due(request: Any) -> HttpResponse:
    """Who is due at any date, why, and for how long already; the same a year ahead by county."""
    user, today = request.user, request.today
    form = DueFilters(request.GET, user=user, today=today)
    asked = form.asked
    rows = queries.filtered(queries.postings(user, on=asked.on, today=today), asked)
    if form.errors:
        rows = rows.none()  # a list that leaves a filter out would be taken for the one asked for
    by = queries.Yardstick(asked.on)
    found = rows.filter(by.reasons()[asked.why])
    if request.GET.get("format"):
        return _export(request, form, asked, found, by)
    counts = queries.counts(rows, by)
    may_pick = rotation.may_work(asked.on, today=today)
    lines = queries.Lines(found, request.GET.get("sort", "since"), total=counts[asked.why])
    table = listed(request, DueTable(lines, may_pick=may_pick))
    table.extras = queries.extras_of([row.record for row in table.paginated_rows], by)
    context = {
        "form": form,
        "table": table,
        "total": counts[asked.why],
        "tabs": [
            parts.Tab(
                label, parts.query_with(request.GET, {"why": code, "page": None}), code == asked.why, counts[code]
            )
            for code, label in REASONS.items()
        ],
        "why": asked.why,
        "by": by,
        "limits": by.limits,
        "least": by.minimum,
        "hardship_months": by.number(queries.RuleCode.HARDSHIP_MONTHS),
        "may_pick": may_pick,
        "query": request.GET.urlencode(),
        "may_export": user.can(P.EXPORT, on=today),
        "as_of": asked.on,
        "print_title": _("Due to move"),
        "print_scope": user.office(on=today),
    }
    return render(request, "transfers/due.html", context)


@opens_to(*WORKERS)
@require_GET
def ahead(request: Any) -> HttpResponse:
    """How many are due by county for one reason, today and each quarter ahead, if nobody moves."""
    form = DueFilters(request.GET, user=request.user, today=request.today)
    asked = form.asked
    asked = replace(asked, why=asked.why if "why" in request.GET and asked.why in AHEAD else "overstay")
    days, counties = queries.ahead_by_county(request.user, asked, today=request.today) if not form.errors else ([], [])
    context = {
        "form": form,
        "days": days,
        "counties": [(each, _links(request, asked.why, each)) for each in counties],
        "sums": [sum(each.numbers[place][1] for each in counties) for place in range(len(days))],
        "reason": REASONS[asked.why],
        "tabs": [
            parts.Tab(REASONS[code], parts.query_with(request.GET, {"why": code}), code == asked.why) for code in AHEAD
        ],
        "as_of": asked.on,
        "crumbs": [(_("Due to move"), reverse("transfers:due"))],
        "print_title": _("Due by county, a year ahead"),
        "print_scope": request.user.office(on=request.today),
    }
    return render(request, "transfers/due_ahead.html", context)


def _links(request: Any, why: str, line: queries.CountyLine) -> list[tuple[int, str]]:
    kept = {name: request.GET[name] for name in ("unit", "rank") if request.GET.get(name)}
    found = []
    for day, number in line.numbers:
        query = QueryDict(mutable=True)
        query.update({**kept, "why": why, "county": line.code, "on": day.isoformat()})
        found.append((number, f"{reverse('transfers:due')}?{query.urlencode()}"))
    return found


def _export(request: Any, form: Any, asked: queries.Asked, found: Any, by: queries.Yardstick) -> HttpResponse:
    """The list as a file, as far as the reader's permission to take lists away reaches."""
    reach = queries.in_scope(request.user.scope(P.EXPORT, on=request.today), on=request.today)
    columns = [
        _("Number"), _("Name"), _("Rank"), _("Unit code"), _("Unit"), _("County"), _("Since"), _("Months there"), _("Why"),
        _("Under way"),
    ]  # fmt: skip
    return export_response(
        request, "due-to-move", columns, _rows(found.filter(reach), by), format=request.GET["format"], by=request.user,
        at=request.now, scope="; ".join([str(asked.on), str(REASONS[asked.why]), *_badges(request, form)]),
    )  # fmt: skip


def _badges(request: Any, form: Any) -> list[str]:
    return [each.text for each in parts.badges_of(form, request.GET)]


def _rows(found: Any, by: queries.Yardstick) -> Iterator[list[Any]]:
    for page in queries.Lines(found, "number").in_batches():
        extras = queries.extras_of(page, by)
        for each in page:
            months = extras.months(each)
            yield [
                each.officer.service_number, each.officer.full_name, each.officer.rank.code if each.officer.rank else "",
                each.unit.code, each.unit.name, each.unit.county.name if each.unit.county else "",
                each.starts_on if months is not None else "", months if months is not None else "",
                ", ".join(str(REASONS[code]) for code in extras.reasons(each)), extras.under_way.get(each.officer_id, ""),
            ]  # fmt: skip


@opens_to(*WORKERS)
@require_POST
def put_forward(request: Any) -> HttpResponse:
    """The ticked officers, or the whole list, put forward for rotation: previewed with who is skipped and why, then done."""
    query = QueryDict(request.POST.get("query", ""))
    back = f"{reverse('transfers:due')}?{query.urlencode()}"
    asked = DueFilters(query, user=request.user, today=request.today).asked
    numbers, everything = request.POST.getlist("numbers"), request.POST.get("everything") == "yes"
    rows = rotation.chosen(request.user, asked, numbers=numbers, everything=everything, today=request.today)
    may_work = rotation.may_work(asked.on, today=request.today)
    planned = rotation.batch(rows, on=asked.on, today=request.today) if may_work else None
    if planned is None or not (planned.todo or planned.skipped):
        notices.refuse(request, _("Tick at least one officer, on the list of today or of a day ahead."))
        return redirect(back)
    form, todo = RemarkForm(request.POST if "step" in request.POST else None), planned.todo
    if request.POST.get("step") == "confirm" and form.is_valid() and todo:
        return _carry_out(request, todo, form.cleaned_data["remark"], back)
    context = {
        "form": form, "todo": todo, "skipped": planned.skipped, "rest": planned.rest, "back": back,
        "query": query.urlencode(), "numbers": [each.posting.officer.service_number for each in todo],
        "crumbs": [(_("Due to move"), reverse("transfers:due"))],
    }  # fmt: skip
    return render(request, "transfers/due_check.html", context)


def _carry_out(request: Any, todo: list[rotation.Planned], remark: str, back: str) -> HttpResponse:
    lines = [(each.posting.officer, each.reason) for each in todo]
    outcome = actions.put_forward(lines, remark=remark, by=request.user, on=request.today, at=request.now)
    for officer, why in outcome.skipped[:10]:
        notices.warn(request, f"{officer}: {why}")
    count = len(outcome.done)
    if not count:
        notices.refuse(request, _("Nobody was put forward."))
        return redirect(back)
    said = ngettext("%(n)s officer is put forward.", "%(n)s officers are put forward.", count) % {"n": count}
    notices.done(request, said)
    return redirect(f"{reverse('transfers:rotations')}?at={request.now:%Y%m%dT%H%M%S%f}")


@opens_to(*WORKERS)
@require_http_methods(["GET", "POST"])
def rotations(request: Any) -> HttpResponse:
    """What the reader put forward in one go; a POST takes back what nobody has decided yet."""
    try:
        moment = datetime.strptime(request.GET.get("at", ""), "%Y%m%dT%H%M%S%f").replace(tzinfo=request.now.tzinfo)
    except ValueError:
        return redirect("transfers:due")
    rows = own.put_forward_at(request.user, moment, on=request.today)
    if request.method == "POST":
        outcome = actions.take_back([each.request for each in rows], by=request.user, on=request.today, at=request.now)
        for officer, why in outcome.skipped[:10]:
            notices.warn(request, f"{officer}: {why}")
        count = len(outcome.done)
        notices.done(request, ngettext("%(n)s was taken back.", "%(n)s were taken back.", count) % {"n": count})
        return redirect("transfers:due")
    if not rows:
        raise NotFound(request.get_full_path())
    crumbs = [(_("Due to move"), reverse("transfers:due"))]
    return render(request, "transfers/rotations.html", {"rows": rows, "moment": moment, "crumbs": crumbs})
