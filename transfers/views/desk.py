"""What desks and commanders enter: requests from paper with their receipt, needs of the service, grounds that were checked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.letters.queries import pdf_of
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from transfers.actions import requests as actions
from transfers.actions.grounds import check_ground
from transfers.forms import desk as forms
from transfers.queries import grounds, own, papers


@opens_to(P.PROCESS_TRANSFERS)
@require_http_methods(["GET", "POST"])
def paper(request: Any) -> HttpResponse:
    """Requests on paper: one to type in, those begun, and the receipts given lately."""
    form = forms.PaperForm(request.POST or None, reader=request.user, on=request.today)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            found = actions.draft(
                officer=form.cleaned_data["number"], kind=form.cleaned_data["kind"], by=request.user, on=request.today,
                at=request.now,
            )  # fmt: skip
            return redirect("transfers:places", ref=found.ref)
    context = {"form": form, "drafts": own.drafts_on_paper(request.user), "given": papers.handed_in(request.user)}
    return render(request, "transfers/paper.html", context, status=status_of(form))


@opens_to(P.PROCESS_TRANSFERS)
@require_GET
def receipt(request: Any, ref: str) -> HttpResponse:
    """The receipt of a request on paper, to be printed and handed over."""
    found, letter = papers.access_receipt(request.user, ref, on=request.today)
    return render(request, "transfers/receipt.html", {"asked": found, "letter": letter})


@opens_to(P.PROCESS_TRANSFERS)
@require_GET
def receipt_file(request: Any, ref: str) -> HttpResponse:
    """The receipt as a file."""
    _found, letter = papers.access_receipt(request.user, ref, on=request.today)
    response = HttpResponse(pdf_of(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{letter.ref}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@opens_to(P.ADVISE_TRANSFERS, P.PROCESS_TRANSFERS)
@require_http_methods(["GET", "POST"])
def propose(request: Any) -> HttpResponse:
    """A move put forward for the service."""
    initial = {"number": request.GET.get("number", ""), "to_unit": request.GET.get("unit", "")}
    form = forms.ProposalForm(request.POST or None, reader=request.user, on=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            actions.propose(**form.cleaned_data, by=request.user, on=request.today, at=request.now)
            notices.done(request, _("The move is put forward. The officer was told, and is asked about the family."))
            return redirect("transfers:propose")
    page = {"form": form, "own": own.put_forward(request.user, on=request.today)}
    return render(request, "transfers/propose.html", page, status=status_of(form))


@opens_to(P.PROCESS_TRANSFERS)
@require_http_methods(["GET", "POST"])
def check(request: Any, ref: str) -> HttpResponse:
    """A ground checked against its papers."""
    named = grounds.access_to_check(request.user, ref, on=request.today)
    form = forms.CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            check_ground(
                named, accepted=form.cleaned_data["outcome"] == "verified", note=form.cleaned_data["note"],
                by=request.user, on=request.today, at=request.now,
            )  # fmt: skip
            notices.done(request, _("What you found is on record, and the officer was told."))
            return redirect("transfers:case", ref=named.request.ref)
    page = {"form": form, "named": named, "back": reverse("transfers:case", args=[named.request.ref])}
    return render(request, "transfers/check_ground.html", page, status=status_of(form))
