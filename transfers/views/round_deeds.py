"""What is done to a round: prepared, announced, opened, closed, frozen, drawn, computed, published, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import Refusal
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from transfers.actions import round_work, rounds
from transfers.forms import rounds as forms
from transfers.queries import rounds as queries


def _found(request: Any, code: str) -> Any:
    return queries.access_round(request.user, code, on=request.today)


def _stamp(request: Any) -> dict[str, Any]:
    return {"by": request.user, "on": request.today, "at": request.now}


@opens_to(P.MANAGE_ROUNDS)
@require_http_methods(["GET", "POST"])
def prepare(request: Any) -> HttpResponse:
    """A new round under a published rule book."""

    def keep(form: forms.PrepareForm) -> Any:
        data = dict(form.cleaned_data)
        days = rounds.Calendar(**{name: data.pop(name) for name in rounds.Calendar.__dataclass_fields__})
        return rounds.prepare_round(**data, calendar=days, **_stamp(request))

    return form_page(
        request,
        forms.PrepareForm(
            request.POST or None, books=queries.books_in_force(), initial={"rule_book": request.GET.get("book")}
        ),
        keep,
        title=_("Prepare a round"),
        lead=_("Another authority announces it. From then on rules and calendar are fixed."),
        submit=_("Prepare it"),
        back=reverse("transfers:rounds"),
        said=_("The round is prepared. The issuing authority announces it."),
        follow=lambda made: reverse("transfers:round", args=[made.code]),
    )


def _at_once(request: Any, code: str, deed: Callable[..., Any], said: str) -> HttpResponse:
    """One press: done, or refused in words on the round's page."""
    found = _found(request, code)
    try:
        deed(round=found, **_stamp(request))
        notices.done(request, said)
    except Refusal as refusal:
        notices.refuse(request, f"{refusal.message} ({refusal.source})" if refusal.source else refusal.message)
    return redirect("transfers:round", code=code)


@opens_to(P.SIGN_ROUNDS)
@require_POST
def announce(request: Any, code: str) -> HttpResponse:
    return _at_once(
        request, code, rounds.announce, _("The round is announced. Every officer sees its rules and calendar.")
    )


@opens_to(P.MANAGE_ROUNDS)
@require_POST
def open_lists(request: Any, code: str) -> HttpResponse:
    return _at_once(request, code, rounds.open_lists, _("The lists are open."))


@opens_to(P.MANAGE_ROUNDS)
@require_POST
def close_lists(request: Any, code: str) -> HttpResponse:
    return _at_once(request, code, rounds.close_lists, _("The lists are closed. Wrong facts can still be corrected."))


@opens_to(P.MANAGE_ROUNDS)
@require_POST
def freeze(request: Any, code: str) -> HttpResponse:
    return _at_once(
        request, code, round_work.ask_freeze, _("The freeze is in the queue. This page shows how far it is.")
    )


@opens_to(P.MANAGE_ROUNDS)
@require_POST
def compute(request: Any, code: str) -> HttpResponse:
    return _at_once(
        request, code, round_work.ask_compute, _("The computation is in the queue. This page shows how far it is.")
    )


@opens_to(P.MANAGE_ROUNDS)
@require_http_methods(["GET", "POST"])
def commit(request: Any, code: str) -> HttpResponse:
    found = _found(request, code)
    return form_page(
        request,
        forms.CommitForm(request.POST or None),
        lambda form: rounds.commit(round=found, **form.cleaned_data, **_stamp(request)),
        title=_("Enter a commitment"),
        caption=found.title,
        lead=_("The body keeps its number secret until after the freeze. It is never replaced."),
        submit=_("Put it down"),
        back=reverse("transfers:round", args=[code]),
        said=_("The commitment is public."),
    )


@opens_to(P.MANAGE_ROUNDS)
@require_http_methods(["GET", "POST"])
def reveal(request: Any, code: str) -> HttpResponse:
    found = _found(request, code)
    waiting = {each.body: each for each in found.commitments.all() if not each.nonce}
    return form_page(
        request,
        forms.RevealForm(request.POST or None, bodies=list(waiting)),
        lambda form: rounds.reveal(
            commitment=waiting[form.cleaned_data["body"]], nonce=form.cleaned_data["nonce"], **_stamp(request)
        ),
        title=_("Enter a revealed number"),
        caption=found.title,
        lead=_("It is compared with the digest that was put down before the lists closed."),
        submit=_("Put it down"),
        back=reverse("transfers:round", args=[code]),
        said=_("The number fits its commitment and is public."),
    )


@opens_to(P.MANAGE_ROUNDS)
@require_http_methods(["GET", "POST"])
def draw(request: Any, code: str) -> HttpResponse:
    found = _found(request, code)
    silent = [each.body for each in found.commitments.all() if not each.nonce]
    lead = found.public_draw
    if silent:
        lead += " · " + _("Left out, because they revealed nothing: %(bodies)s") % {"bodies": ", ".join(silent)}
    return form_page(
        request,
        forms.DrawForm(request.POST or None),
        lambda form: rounds.draw(round=found, **form.cleaned_data, **_stamp(request)),
        title=_("Enter the public draw"),
        caption=found.title,
        lead=lead,
        submit=_("Fix the seed"),
        back=reverse("transfers:round", args=[code]),
        said=_("The seed is fixed, and everyone can repeat it."),
    )


@opens_to(P.SIGN_ROUNDS)
@require_http_methods(["GET", "POST"])
def cancel(request: Any, code: str) -> HttpResponse:
    found = _found(request, code)
    return form_page(
        request,
        forms.CancelForm(request.POST or None),
        lambda form: rounds.cancel_round(round=found, **form.cleaned_data, **_stamp(request)),
        title=_("Cancel the round"),
        caption=found.title,
        lead=_("Requests that waited for it wait for the next round."),
        submit=_("Cancel it"),
        back=reverse("transfers:round", args=[code]),
        said=_("The round is cancelled."),
    )
