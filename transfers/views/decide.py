"""Deciding: one transfer, or many at once with a preview of what is done and what is left, and the way back."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from transfers import words
from transfers.actions import decisions as actions
from transfers.forms import queue as forms
from transfers.queries import bulk, queue
from transfers.queries.case import case_of
from transfers.queries.options import options_of, plan
from transfers.views.case import fetched

DECIDERS = (P.DECIDE_TRANSFERS, P.PROCESS_TRANSFERS, P.DECIDE_PROTECTED)


@opens_to(*DECIDERS)
@require_http_methods(["GET", "POST"])
def decide(request: Any, ref: str) -> HttpResponse:
    """The decision on one transfer. What is chosen is kept first, so that a stop it meets can be seen and lifted."""
    found = case_of(request.user, fetched(request, ref), on=request.today)
    if not (found.deeds.decide or found.deeds.type_for_holder):
        return redirect("transfers:case", ref=ref)
    holders = [] if found.deeds.decide else found.holders
    options = options_of([found.request], on=request.today)[found.request.pk]
    form = forms.DecisionForm(
        request.POST or None, request=found.request, options=options, holders=holders, on=request.today,
        initial=bulk.first_values(found.request, options, on=request.today),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            _decide(request, found.request, form)
            undo = reverse("transfers:undo", args=[ref])
            word = _("Approved; HR publishes the order.") if form.approves else _("Refused; the officer was told why.")
            notices.done(request, word, undo_url=undo)
            return redirect("transfers:case", ref=ref)
    page = {"case": found, "form": form, "back": reverse("transfers:case", args=[ref])}
    return render(request, "transfers/decide.html", page, status=status_of(form))


def _decide(request: Any, found: Any, form: Any) -> None:
    stamp = {"by": request.user, "on": request.today, "at": request.now}
    holder, paper = forms.Typed.of(form)
    if form.approves:
        actions.consider(found, move=form.move, **stamp)
    actions.decide(
        found, approve=form.approves, reason_code=form.cleaned_data["reason_code"], reasons=form.cleaned_data["reasons"],
        considered=form.cleaned_data.get("considered", ""), decided_by=holder, paper=paper, **stamp,
    )  # fmt: skip


@opens_to(P.DECIDE_TRANSFERS, P.PROCESS_TRANSFERS)
@require_POST
def decide_many(request: Any) -> HttpResponse:
    """One decision on the ticked transfers: asked, shown with counts and what is left out, then done."""
    chosen = bulk.chosen(
        request.user, request.POST.getlist("refs"), everything=bool(request.POST.get("everything")),
        show=request.POST.get("show", ""), kind=request.POST.get("kind", ""), on=request.today,
    )  # fmt: skip
    if not chosen:
        notices.refuse(request, _("Tick at least one transfer first."))
        return redirect("transfers:queue")
    holders = bulk.holders_for(request.user, chosen, on=request.today)
    asked = "outcome" in request.POST
    form = forms.ManyForm(
        request.POST if asked else None, holders=holders, initial={"report_by": bulk.usual_report_day(request.today)}
    )
    page = {"form": form, "chosen": chosen, "refs": [each.ref for each in chosen], "back": reverse("transfers:queue")}
    if not (asked and form.is_valid()):
        return render(request, "transfers/decide_many.html", page, status=status_of(form))
    holder, paper = forms.Typed.of(form)
    planned = plan(
        chosen, holder=holder or request.user, approve=form.approves, report_by=form.cleaned_data.get("report_by"),
        on=request.today,
    )  # fmt: skip
    mark = _mark(planned)
    if request.POST.get("checked") != mark:
        return render(request, "transfers/decide_many_check.html", {**page, **_preview(request, planned, form, mark)})
    return _carry_out(request, planned, form, holder, paper)


def _mark(planned: list[Any]) -> str:
    """What the preview showed: if it would show something else now, it is shown again."""
    rows = (f"{each.request.ref}:{each.move.to_unit.code if each.move else ''}:{each.skipped}" for each in planned)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _preview(request: Any, planned: list[Any], form: Any, mark: str) -> dict[str, Any]:
    todo = [each for each in planned if not each.skipped]
    return {
        "todo": todo,
        "skipped": [each for each in planned if each.skipped],
        "approves": form.approves,
        "mark": mark,
        "kept": _kept(request),
        "has_changed": bool(request.POST.get("checked")),
    }


def _kept(request: Any) -> list[tuple[str, str]]:
    """What was filled in, as it was sent: a day goes in three parts."""
    ours = ("csrfmiddlewaretoken", "refs", "everything", "checked", "show", "kind")
    return [(name, value) for name, values in request.POST.lists() if name not in ours for value in values]


def _carry_out(request: Any, planned: list[Any], form: Any, holder: Any, paper: str) -> HttpResponse:
    outcome = actions.decide_many(
        [each.line for each in planned if not each.skipped], approve=form.approves,
        reason_code=form.cleaned_data["reason_code"], reasons=form.cleaned_data["reasons"], decided_by=holder, paper=paper,
        by=request.user, on=request.today, at=request.now,
    )  # fmt: skip
    for left, why in outcome.skipped[:10]:
        notices.warn(request, f"{left.officer}: {why}")
    count = len(outcome.done)
    if not count:
        notices.refuse(request, _("Nothing was decided."))
        return redirect("transfers:queue")
    said = ngettext("%(n)s transfer approved.", "%(n)s transfers approved.", count)
    if not form.approves:
        said = ngettext("%(n)s transfer refused.", "%(n)s transfers refused.", count)
    batch = f"{reverse('transfers:decided')}?at={request.now:%Y%m%dT%H%M%S%f}"
    notices.done(request, said % {"n": count}, undo_url=batch)
    return redirect(batch)


@opens_to(P.DECIDE_TRANSFERS, P.PROCESS_TRANSFERS)
@require_http_methods(["GET", "POST"])
def decided(request: Any) -> HttpResponse:
    """What the reader decided in one go; a POST takes back what no order carries out yet."""
    try:
        moment = datetime.strptime(request.GET.get("at", ""), "%Y%m%dT%H%M%S%f").replace(tzinfo=request.now.tzinfo)
    except ValueError:
        return redirect("transfers:queue")
    rows = list(queue.decided_at(request.user, moment))
    if request.method == "POST":
        outcome = actions.undo_many(rows, by=request.user, on=request.today, at=request.now)
        for left, why in outcome.skipped[:10]:
            notices.warn(request, f"{left.officer}: {why}")
        count = len(outcome.done)
        said = ngettext("%(n)s decision taken back.", "%(n)s decisions taken back.", count)
        notices.done(request, said % {"n": count})
        return redirect("transfers:queue")
    if not rows:
        raise NotFound(request.get_full_path())
    crumbs = [(_("Transfers"), reverse("transfers:queue"))]
    shown = [(each, words.STATES[each.state], words.STATE_TONES[each.state]) for each in rows]
    return render(request, "transfers/decided.html", {"rows": shown, "moment": moment, "crumbs": crumbs})
