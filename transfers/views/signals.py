"""Signals on pages: those of one's commands, composing one from orders that wait, the paper."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.letters.queries import pdf_of
from hcims.ui import notices
from transfers import signal_letter, words
from transfers.actions import signals as actions
from transfers.queries import signals as queries

A_PAGE = 50


@opens_to(P.SEE_POSTINGS)
@require_GET
def signal_list(request: Any) -> HttpResponse:
    """The signals of the reader's commands; for an HR desk also the commands whose moves no signal lists yet."""
    pages = Paginator(queries.signals_visible_to(request.user, on=request.today), A_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "due": queries.due(request.user, on=request.today, at=request.now),
        "composes": request.user.can(P.PROCESS_TRANSFERS, on=request.today),
        "crumbs": [(_("Posting orders"), reverse("transfers:orders"))],
    }
    return render(request, "transfers/signals.html", context)


@opens_to(P.PROCESS_TRANSFERS)
@require_http_methods(["GET", "POST"])
def compose(request: Any, code: str) -> HttpResponse:
    """Choose the moves, read the signal as it will be printed, issue it."""
    command = queries.access_command(request.user, code, on=request.today)
    waiting = queries.waiting(request.user, command, on=request.today, at=request.now)
    page = {"command": command, "columns": signal_letter.columns(), "crumbs": _crumbs()}
    if request.method == "GET":
        rows = list(queries.listed(waiting)[: queries.AT_ONCE])
        page |= {"rows": _lines(rows, request.user), "more": waiting.count() - len(rows)}
        return render(request, "transfers/signal_new.html", page)
    refs = request.POST.getlist("refs")[: queries.AT_ONCE + 1]
    chosen = list(queries.listed(waiting.filter(ref__in=refs)))
    if not chosen:
        notices.refuse(request, _("Tick at least one move that waits for a signal."))
        return redirect("transfers:compose_signal", code=code)
    # What was read is what goes out: a move that has gone since is named, and the preview shown again.
    if request.POST.get("step") != "issue" or len(chosen) != len(set(refs)):
        page |= {
            "rows": _lines(chosen, request.user),
            "gone": len(set(refs)) - len(chosen),
            "left": waiting.count() - len(chosen),
        }
        return render(request, "transfers/signal_check.html", page)
    made = actions.issue_signal(command=command, orders=chosen, by=request.user, on=request.today, at=request.now)
    said = ngettext("%(number)s is issued with %(n)s move.", "%(number)s is issued with %(n)s moves.", len(chosen))
    notices.done(request, said % {"number": made.letter.number, "n": len(chosen)})
    return redirect("transfers:signal", ref=made.ref)


def _lines(orders: list[Any], reader: Any) -> list[dict[str, Any]]:
    return [
        {
            "transfer": each,
            "is_own": each.order.officer.user_id == reader.pk,  # one's own order opens under one's own orders
            "cells": list(zip(signal_letter.columns(), signal_letter.cells(each), strict=True)),
            "state": words.ORDER_STATES[each.state],
            "tone": words.ORDER_TONES[each.state],
        }
        for each in orders
    ]


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Posting orders"), reverse("transfers:orders")), (_("Signals"), reverse("transfers:signals"))]


@opens_to(P.SEE_POSTINGS)
@require_GET
def signal(request: Any, ref: str) -> HttpResponse:
    """One signal: its moves, and how each stands today."""
    found = queries.access_signal(request.user, ref, on=request.today)
    context = {
        "signal": found,
        "columns": signal_letter.columns(),
        "rows": _lines(list(queries.moves_of(found)), request.user),
        "crumbs": _crumbs(),
    }
    return render(request, "transfers/signal.html", context)


@opens_to(P.SEE_POSTINGS)
@require_GET
def signal_file(request: Any, ref: str) -> HttpResponse:
    """The printed signal."""
    found = queries.access_signal(request.user, ref, on=request.today)
    answer = HttpResponse(pdf_of(found.letter), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="signal.pdf"'
    return answer
