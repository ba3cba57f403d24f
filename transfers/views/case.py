"""One transfer: everything that this reader is shown of it, the papers behind it, and its small deeds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from personnel.views.files import kept_file
from transfers import words
from transfers.actions import decisions as actions
from transfers.actions import stops
from transfers.actions.reading import note_reading
from transfers.forms import queue as forms
from transfers.policies.orders import may_publish, too_near
from transfers.queries import access, queue
from transfers.queries.case import case_of
from transfers.queries.order_pages import orders_of_request

READERS = (P.PROCESS_TRANSFERS, P.DECIDE_TRANSFERS, P.LIFT_STOPS, P.ADVISE_TRANSFERS, P.DECIDE_PROTECTED)


def fetched(request: Any, ref: str) -> Any:
    """The transfer, if the reader may see it. Errors: NotFound."""
    return access.access_request(request.user, ref, request.today)


@opens_to(*READERS)
@require_GET
def case(request: Any, ref: str) -> HttpResponse:
    """One transfer, with what this reader may do to it."""
    found = case_of(request.user, fetched(request, ref), on=request.today)
    if found.reading.names_grounds or found.reading.sees_answers:
        note_reading(found.request, part="transfer", by=request.user, at=request.now)
    context = {
        "case": found,
        "kind": words.KINDS[found.request.kind],
        "state": words.STATES[found.request.state],
        "state_tone": words.STATE_TONES[found.request.state],
        "advice": [(each, words.GIVEN[each.verdict], words.VERDICT_TONES[each.verdict]) for each in found.advice],
        "grounds": [(each, words.CHECKED[each.checked], words.CHECKED_TONES[each.checked]) for each in found.grounds],
        "orders": orders_of_request(request.user, found.request, on=request.today),
        "may_publish": may_publish(request.user, found.request, on=request.today),
        "too_near": too_near(found.request, on=request.today),
        "may_open_file": _may_open_file(request, found.request),
        "crumbs": _crumbs(request, found.request),
    }
    return render(request, "transfers/case.html", context)


def _may_open_file(request: Any, found: Any) -> bool:
    unit = found.officer.unit
    return unit is not None and request.user.can(P.SEE_OFFICERS, at=unit, on=request.today)


def _crumbs(request: Any, found: Any) -> list[tuple[str, str]]:
    if found.is_protected:
        return [(_("Protected requests"), reverse("transfers:sealed"))]
    if any(request.user.can(each, on=request.today) for each in READERS[:3]):
        return [(_("Transfers"), reverse("transfers:queue"))]
    return [(_("Advice on transfers"), reverse("transfers:advice"))]


@opens_to_signed_in
@require_GET
def evidence(request: Any, ref: str) -> Any:
    """The evidence behind a ground: the officer's, the HR desk's and the protection authority's to open."""
    found = queue.access_ground(request.user, ref, on=request.today)
    if not found.evidence:
        raise NotFound(f"{ref} evidence")
    note_reading(found.request, part="evidence", by=request.user, at=request.now)
    return kept_file(found.evidence)


@opens_to(*READERS)
@require_GET
def direction_paper(request: Any, ref: str) -> Any:
    """The paper of a direction."""
    found = queue.access_direction(request.user, ref, on=request.today)
    if not found.paper:
        raise NotFound(f"{ref} paper")
    return kept_file(found.paper)


@opens_to(*READERS)
def direct(request: Any, ref: str) -> HttpResponse:
    """Puts on record what somebody directed."""
    found = fetched(request, ref)
    return form_page(
        request,
        forms.DirectionForm(request.POST or None, request.FILES or None),
        lambda form: actions.record_direction(
            found, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Record a direction"),
        lead=_("Who told you what to do, and how. An oral direction blocks the transfer until its paper is attached."),
        caption=str(found.officer),
        submit=_("Put it on record"),
        back=reverse("transfers:case", args=[ref]),
        said=_("The direction is on record."),
    )


@opens_to(*READERS)
def attach(request: Any, ref: str) -> HttpResponse:
    """Attaches the paper that confirms an oral direction."""
    found = queue.access_direction(request.user, ref, on=request.today)
    return form_page(
        request,
        forms.PaperForm(request.POST or None, request.FILES or None),
        lambda form: actions.attach_paper(
            found, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Attach the paper of a direction"),
        caption=found.directed_by,
        submit=_("Attach it"),
        back=reverse("transfers:case", args=[found.request.ref]),
        said=_("The paper is attached."),
    )


@opens_to(P.LIFT_STOPS, P.DECIDE_PROTECTED)
def lift(request: Any, ref: str) -> HttpResponse:
    """Lifts a stop, with a reason that is published with the count."""
    stop = queue.access_stop(request.user, ref, on=request.today)
    return form_page(
        request,
        forms.LiftForm(request.POST or None),
        lambda form: stops.lift(stop, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=_("Lift a stop"),
        lead=f"{stop.message} ({stop.source})",
        caption=str(stop.request.officer),
        submit=_("Lift it"),
        back=reverse("transfers:case", args=[stop.request.ref]),
        said=_("The stop is lifted."),
    )


@opens_to(P.PROCESS_TRANSFERS)
def pass_over(request: Any, ref: str) -> HttpResponse:
    """Goes on without an advice that nobody can give, or that is overdue."""
    found = fetched(request, ref)
    return form_page(
        request,
        forms.ReasonForm(request.POST or None),
        lambda form: actions.pass_over(
            found, reasons=form.cleaned_data["reason"], by=request.user, on=request.today, at=request.now
        ),
        title=_("Go on without this advice"),
        lead=queue.office_of(found),
        caption=str(found.officer),
        submit=_("Go on without it"),
        back=reverse("transfers:case", args=[ref]),
        said=_("The transfer has gone on. It says so on its page."),
    )


@opens_to(P.DECIDE_TRANSFERS, P.PROCESS_TRANSFERS, P.DECIDE_PROTECTED)
@require_POST
def undo(request: Any, ref: str) -> HttpResponse:
    """Takes a decision back that no order carries out yet."""
    actions.undo(fetched(request, ref), by=request.user, on=request.today, at=request.now)
    notices.done(request, _("The decision was taken back. The transfer waits for it again."))
    return redirect("transfers:case", ref=ref)


@opens_to(P.DECIDE_TRANSFERS)
def review(request: Any, ref: str) -> HttpResponse:
    """Keeps what the review of an emergency move found."""
    found = fetched(request, ref)
    return form_page(
        request,
        forms.ReviewForm(request.POST or None),
        lambda form: actions.review_emergency(
            found, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Review an emergency move"),
        lead=found.reasons,
        caption=str(found.officer),
        submit=_("Put it on record"),
        back=reverse("transfers:case", args=[ref]),
        said=_("The review is on record, and the officer was told."),
    )
