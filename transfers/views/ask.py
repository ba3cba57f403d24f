"""Asking for a transfer: one small page a step, kept as a draft from the first, without a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hcims.access.guards import opens_to_signed_in
from hcims.errors import Refusal
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from personnel.queries import own_record_or_none
from transfers import ordering
from transfers.actions import exchange as exchanges
from transfers.actions import requests as actions
from transfers.actions.grounds import hand_in
from transfers.forms import ask as forms
from transfers.queries import chances, grounds, own, places
from transfers.queries.what_rules_say import said_of

PAGES = {"exchange": "transfers:ask_exchange", "safe": "transfers:ask_safe"}


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def ask(request: Any) -> HttpResponse:
    """What I ask for. A request begins as a draft that nobody else sees."""
    officer = own_record_or_none(request.user)
    if officer is None:
        return render(request, "transfers/none_of_own.html")
    form = forms.KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        what = form.cleaned_data["what"]
        if what in PAGES:
            return redirect(PAGES[what])
        with rules_on(form):
            found = actions.draft(officer=officer, kind=what, by=request.user, on=request.today, at=request.now)
            return redirect("transfers:places", ref=found.ref)
    open_ones = [each for each in own.own_transfers(request.user, on=request.today) if each.days is not None]
    drafts = [each for each in own.own_transfers(request.user, on=request.today) if each.request.state == "draft"]
    context = {"form": form, "drafts": drafts, "open": open_ones, "crumbs": [_back()]}
    return render(request, "transfers/ask.html", context, status=status_of(form))


def _back() -> tuple[str, str]:
    return (_("My transfers"), reverse("transfers:mine"))


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def edit_places(request: Any, ref: str) -> HttpResponse:
    """The places in order: search or walk down from a county, add, move, remove."""
    found = own.access_writing(request.user, ref)
    text, inside = request.GET.get("q", ""), request.GET.get("in", "")
    here = "?" + urlencode({name: value for name, value in (("q", text), ("in", inside)) if value})
    if request.method == "POST":
        _change_places(request, found, request.POST.get("do", ""))
        return redirect(reverse("transfers:places", args=[ref]) + (here if here != "?" else ""))
    listed = places.listed(found, on=request.today)
    asked = [(each.unit.pk, each.position) for each in listed]
    rows = places.called(text, on=request.today) if text else []
    if inside and not text:
        rows = places.inside(inside, of=found.officer.unit, on=request.today)
    context = {
        "asked": found,
        "places": listed,
        "text": text,
        "offers": places.offers(rows[: places.MOST] if text else rows, on=request.today, asked=asked),
        "has_more": bool(text) and len(rows) > places.MOST,
        "browses": bool(inside),
        "here": here if here != "?" else "",
        "nothing": bool(text) and not rows,
        "next": _next(found),
        "step": _step(found),
    }
    return render(request, "transfers/places.html", context)


def _change_places(request: Any, found: Any, deed: str) -> None:
    listed = places.listed(found, on=request.today)
    units = {each.unit.code: each.unit for each in listed}
    after = ordering.changed([(each.unit.code, each.is_area) for each in listed], deed)
    code = deed.partition(":")[2]
    if code not in units:
        unit = places.one(code, on=request.today)
        if unit is None or (deed.startswith("add:") and unit.type in places.AREAS):
            return
        units[code] = unit
    wanted = [actions.Place(units[each], any_below) for each, any_below in after]
    try:
        actions.change(found, places=wanted, by=request.user, on=request.today, at=request.now)
    except Refusal as refusal:
        notices.refuse(request, refusal.message)


def _next(found: Any) -> str:
    """Where the writer goes on to: through the pages of a draft, back to the summary of what was sent."""
    return reverse("transfers:check" if found.is_protected else "transfers:grounds", args=[found.ref])


def _step(found: Any) -> str:
    return _("Paper of %(officer)s") % {"officer": found.officer} if found.receipt_number else ""


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def edit_grounds(request: Any, ref: str) -> HttpResponse:
    """The reasons, each with its paper; and the officer's own words."""
    found = own.access_writing(request.user, ref)
    deed = request.POST.get("do", "")
    adding, saying = deed == "add", deed == "say"
    form = forms.GroundForm(
        request.POST if adding else None, request.FILES if adding else None, grounds=grounds.to_choose(found)
    )
    words = forms.StatementForm(request.POST if saying else None, initial={"statement": found.statement})
    stamp = {"by": request.user, "on": request.today, "at": request.now}
    if adding and form.is_valid():
        with rules_on(form):
            actions.change(found, grounds=[*grounds.kept(found), form.named], **stamp)
            return redirect("transfers:grounds", ref=ref)
    if saying and words.is_valid():
        with rules_on(words):
            actions.change(found, statement=words.cleaned_data["statement"], **stamp)
            return redirect(_after_grounds(found), ref=ref)
    if deed.startswith("remove:"):
        left = [each for each in grounds.kept(found) if each.ground.code != deed.partition(":")[2]]
        actions.change(found, grounds=left, **stamp)
        return redirect("transfers:grounds", ref=ref)
    context = {
        "asked": found,
        "form": form,
        "words": words,
        "named": own.grounds_on(found),
        "opens": not found.grounds.exists(),
    }
    return render(request, "transfers/grounds.html", context, status=status_of(form, words))


def _after_grounds(found: Any) -> str:
    return "transfers:ask_family" if found.state == "draft" else "transfers:check"


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def ask_family(request: Any, ref: str) -> HttpResponse:
    """The questions about the family."""
    found = own.access_writing(request.user, ref)
    form = forms.FamilyForm(
        request.POST or None, initial=forms.FamilyForm.first_values(getattr(found, "family_impact", None))
    )
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            actions.answer_family(found, answers=form.answers, by=request.user, on=request.today, at=request.now)
            return redirect("transfers:check", ref=ref)
    page = {"form": form, "asked": found, "back": reverse("transfers:grounds", args=[ref])}
    return render(request, "transfers/family.html", page, status=status_of(form))


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def check(request: Any, ref: str) -> HttpResponse:
    """Everything once more, with what the rules say and what the last round tells; then it is sent."""
    found = own.access_writing(request.user, ref)
    is_paper = found.officer.user_id != request.user.pk
    if request.method == "POST":
        return _send(request, found, is_paper=is_paper)
    rank, listed = found.officer.rank, places.listed(found, on=request.today)
    last = chances.last_round(rank)
    context = {
        "asked": found,
        "standing": own.standing_of(found, on=request.today),
        "places": listed,
        "grounds": own.grounds_on(found),
        "family": getattr(found, "family_impact", None),
        "said": said_of(found, on=request.today),
        "last": last,
        "chances": chances.chances(last, rank, [(each.unit, each.is_area) for each in listed], on=request.today) if last else [],
        "is_paper": is_paper,
        "is_sent": found.state != "draft",
        "may_send": bool(listed) or found.is_protected or found.kind != "request",
    }  # fmt: skip
    return render(request, "transfers/check.html", context)


def _send(request: Any, found: Any, *, is_paper: bool) -> HttpResponse:
    stamp = {"by": request.user, "on": request.today, "at": request.now}
    try:
        if is_paper:
            hand_in(found, **stamp)
            notices.done(request, _("The request is on its way. Print the receipt and hand it over."))
            return redirect("transfers:receipt", ref=found.ref)
        actions.submit(found, **stamp)
    except Refusal as refusal:
        notices.refuse(request, f"{refusal.message} ({refusal.source})" if refusal.source else refusal.message)
        return redirect("transfers:check", ref=found.ref)
    notices.done(request, _("Your request is on its way. You see here where it stands."))
    return redirect("transfers:one", ref=found.ref)


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def safe(request: Any) -> HttpResponse:
    """A protected request: says first who reads it and who does not."""
    officer = own_record_or_none(request.user)
    if officer is None:
        return render(request, "transfers/none_of_own.html")
    form = forms.SafeForm(request.POST or None, request.FILES or None, grounds=grounds.protected())
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            found = actions.draft(
                officer=officer, grounds=form.named, statement=form.cleaned_data["statement"], by=request.user,
                on=request.today, at=request.now,
            )  # fmt: skip
            return redirect("transfers:check", ref=found.ref)
    return render(request, "transfers/safe.html", {"form": form}, status=status_of(form))


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def ask_exchange(request: Any) -> HttpResponse:
    """Proposing an exchange to one colleague or two."""
    officer = own_record_or_none(request.user)
    if officer is None:
        return render(request, "transfers/none_of_own.html")
    form = forms.ExchangeForm(request.POST or None, on=request.today)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            found = exchanges.propose_exchange(
                officer=officer, partners=form.partners, statement=form.cleaned_data["statement"], by=request.user,
                on=request.today, at=request.now,
            )  # fmt: skip
            notices.done(request, _("Your colleagues are asked. The exchange goes on when all have agreed."))
            return redirect("transfers:one", ref=found.ref)
    return render(request, "transfers/ask_exchange.html", {"form": form, "crumbs": [_back()]}, status=status_of(form))
