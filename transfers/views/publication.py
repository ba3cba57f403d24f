"""The signature under a round: what it sends out, read before it is given, then one deed."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from hcims.ui.parts import Tab
from hcims.ui.tables import listed
from transfers import allowances, draft_letters
from transfers.actions import round_work
from transfers.board_tables import CommanderTable, LetterTable
from transfers.forms.rounds import PublishForm
from transfers.policies import rounds as policies
from transfers.queries import before_publication, round_results
from transfers.queries import rounds as queries
from transfers.words import LANGUAGES


def _found(request: Any, code: str) -> Any:
    """The round, for whom it waits. Errors: NotFound; NotAllowed; RuleBroken where the board has not accepted it."""
    found = queries.access_round(request.user, code, on=request.today)
    policies.check_can_publish_round(request.user, found, on=request.today)
    return found


def _day(found: Any, request: Any) -> date:
    return max(found.report_by, round_results.first_day_to_report(request.today))


@opens_to(P.SIGN_ROUNDS)
@require_http_methods(["GET", "POST"])
def publish(request: Any, code: str) -> HttpResponse:
    """What publication will do, counted before it is done; then it goes on by itself."""
    found = _found(request, code)
    form = PublishForm(request.POST or None, initial={"report_by": _day(found, request)})
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            round_work.ask_publish(round=found, **form.cleaned_data, by=request.user, on=request.today, at=request.now)
            notices.done(request, _("The publication is in the queue. It is one deed: all of it is kept, or nothing."))
            return redirect("transfers:round", code=code)
    preview = before_publication.before_publication(found, on=request.today)
    page = {
        "round": found,
        "form": form,
        "preview": preview,
        "kinds": [
            (each, allowances.WORDS[each.allowance], [(LANGUAGES[code], code, *rest) for code, *rest in each.languages])
            for each in preview.kinds
        ],
        "office": request.user.office(on=request.today),
        "crumbs": [
            (_("Rounds of transfers"), reverse("transfers:rounds")),
            (found.title, reverse("transfers:round", args=[code])),
        ],
    }  # fmt: skip
    return render(request, "transfers/round_publish.html", page, status=status_of(form))


@opens_to(P.SIGN_ROUNDS)
@require_GET
def letters(request: Any, code: str) -> HttpResponse:
    """The list behind each number of that page."""
    found = _found(request, code)
    every = before_publication.lines(found, on=request.today)
    show = request.GET.get("show", "letters")
    asked = {name: request.GET[name] for name in ("allowance", "language") if request.GET.get(name)}
    if show == "commanders":
        table: Any = CommanderTable(before_publication.commanders(every, on=request.today))
    else:
        table = LetterTable(before_publication.part(every, show, **asked), code=code)
    names = {
        "letters": _("Letters"), "volunteers": _("To officers who asked"), "due": _("To officers who must move"),
        "no-account": _("On paper alone"), "stay": _("Stay"), "carried": _("Carried forward"), "varied": _("Varied"),
        "impossible": _("Cannot be carried out"), "told": _("Told on their accounts"),
    }  # fmt: skip
    here = reverse("transfers:round_letters", args=[code])
    context = {
        "round": found,
        "table": listed(request, table),
        "tabs": [
            Tab(name, f"{here}?{urlencode({'show': each})}", each == show, len(before_publication.part(every, each)))
            for each, name in names.items()
        ],
        "narrowed_to": [{**allowances.WORDS, **LANGUAGES}.get(each, each) for each in asked.values()],
        "without": urlencode({"show": show}),
        "crumbs": [
            (found.title, reverse("transfers:round", args=[code])),
            (_("Sign and publish"), reverse("transfers:round_publish", args=[code])),
        ],
    }
    return render(request, "transfers/round_letters.html", context)


@opens_to(P.SIGN_ROUNDS)
@require_GET
def letter(request: Any, code: str) -> HttpResponse:
    """One of the letters, marked as a draft; the first where the address names none."""
    found = _found(request, code)
    every = before_publication.lines(found, on=request.today)
    signing = draft_letters.Signing(request.user, request.today, request.now, _day(found, request))
    pdf = draft_letters.pdf_of(every, request.GET.get("of", ""), signing)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="draft-not-issued.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
