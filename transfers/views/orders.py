"""Orders on pages: the officer's own on a phone, those of a commander's area on a phone, and what is done with each."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.imports.exports import export_response
from hcims.letters.queries import pdf_of
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.parts import query_with
from transfers import allowances, order_letter, orders_shown, words
from transfers.actions import orders as actions
from transfers.forms import orders as forms
from transfers.policies import orders as policies
from transfers.queries import order_pages as queries
from transfers.queries.access import access_request
from transfers.queries.signals import signals_with

A_PAGE = 50


@opens_to_signed_in
@require_GET
def own_orders(request: Any) -> HttpResponse:
    """My posting orders: what to do next, the letter, the allowance, a later day."""
    rows = [_shown(each, request) for each in queries.own_orders(request.user)]
    return render(request, "transfers/own_orders.html", {"rows": rows})


def _shown(transfer: Any, request: Any) -> dict[str, Any]:
    reason = orders_shown.reason_of(transfer.kind, transfer.reason_code)
    return {
        "transfer": transfer,
        "order": transfer.order,
        "state": words.ORDER_STATES[transfer.state],
        "tone": words.ORDER_TONES[transfer.state],
        "reason": reason.text(request.LANGUAGE_CODE),
        "allowance": allowances.words_of(transfer.kind, transfer.allowance.kind),
        "days_over": (request.today - transfer.order.report_by).days if transfer.state in queries.OPEN else 0,
        "appeal_by": order_letter.appeal_by(transfer),
        "appeal_url": _appeal_url(transfer, request.today),
        "deferment": queries.open_deferment(transfer),
        "may_defer": transfer.state in policies.NOT_OVER[:3] and request.today <= transfer.order.report_by,
        "to_confirm": transfer.allowance.paid_on is not None and transfer.allowance.confirmed_at is None,
    }


def _appeal_url(transfer: Any, on: Any) -> str:
    """Where the officer appeals against what the order carries out, while there is time."""
    if on > order_letter.appeal_by(transfer):
        return ""
    if transfer.award is not None:
        return reverse("transfers:appeal_award", args=[transfer.award.ref])
    request = transfer.request
    is_own = request is not None and request.officer_id == transfer.order.officer_id
    return reverse("transfers:appeal_decision", args=[request.ref]) if is_own else ""


@opens_to_signed_in
@require_POST
def confirm(request: Any, ref: str) -> HttpResponse:
    """The officer's word: received, or not."""
    received = request.POST.get("received") == "yes"
    found = queries.access_own(request.user, ref)
    actions.confirm_payment(found, received=received, by=request.user, on=request.today, at=request.now)
    said = _("Thank you. The payment is confirmed.") if received else _("The HR desk was told that it has not come.")
    notices.done(request, said)
    return redirect("transfers:own_orders")


@opens_to_signed_in
def ask_later(request: Any, ref: str) -> HttpResponse:
    """Asks for a later day to report."""
    found = queries.access_own(request.user, ref)
    return form_page(
        request,
        forms.DefermentForm(request.POST or None),
        lambda form: actions.ask_deferment(
            found, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Ask to report later"),
        lead=f"{found.order.number} · {found.order.to_unit}",
        submit=_("Ask"),
        back=reverse("transfers:own_orders"),
        said=_("Asked. Until it is answered the day stays as it is."),
    )


PARTS = {
    "open": _l("Under way"),
    "release": _l("Waiting for release"),
    "later": _l("Asked to report later"),
    "unpaid": _l("Allowance not paid"),
    "overdue": _l("Overdue"),
    "file": _l("Personal file on its way"),
    "arrived": _l("Arrived"),
    "back": _l("Suspended or taken back"),
}


@opens_to(P.SEE_POSTINGS)
@require_GET
def order_list(request: Any) -> HttpResponse:
    """Orders into and out of the reader's area; every count is the length of the list behind it."""
    on, number = request.today, request.GET.get("number", "").strip()
    area = queries.orders_of_area(request.user, on=on)
    found = queries.parts(area.filter(order__officer__service_number=number) if number else area, on=on)
    current = request.GET.get("show", "open")
    current = current if current in found else "open"
    page = Paginator(found[current], A_PAGE).get_page(request.GET.get("page"))
    context = {
        "parts": [
            (query_with(request.GET, {"show": key, "page": None}), PARTS[key], rows.count(), key == current)
            for key, rows in found.items()
        ],
        "page": page,
        "number": number,
        "current": current,
        "rows": [_line(each, on) for each in page.object_list],
        "may_export": request.user.can(P.EXPORT, on=on) and request.user.can(P.PROCESS_TRANSFERS, on=on),
    }
    return render(request, "transfers/orders.html", context)


def _line(transfer: Any, on: Any) -> dict[str, Any]:
    return {
        "transfer": transfer,
        "order": transfer.order,
        "state": words.ORDER_STATES[transfer.state],
        "tone": words.ORDER_TONES[transfer.state],
        "days_over": (on - transfer.order.report_by).days if transfer.state in queries.OPEN else 0,
        "is_open": transfer.state in queries.OPEN,
    }


@opens_to(P.SEE_POSTINGS)
@require_GET
def order(request: Any, ref: str) -> HttpResponse:
    """One order, and what the reader may do with it now."""
    found = queries.access_order(request.user, ref, on=request.today)
    context = {
        **_shown(found, request),
        "deeds": queries.deeds_of(request.user, found, on=request.today),
        "holds": policies.holds_departure(found, on=request.today) if found.state in policies.NOT_OVER[:3] else [],
        "pen": type(found).PENS[found.state],
        "may_open_file": found.order.officer.unit is not None
        and request.user.can(P.SEE_OFFICERS, at=found.order.officer.unit, on=request.today),
        "signals": signals_with(request.user, found, on=request.today),
        "crumbs": [(_("Posting orders"), reverse("transfers:orders"))],
    }
    return render(request, "transfers/order.html", context)


@opens_to(P.PROCESS_TRANSFERS)
@require_GET
def letter(request: Any, ref: str) -> HttpResponse:
    """The letter of an order, for the desk that hands it over."""
    found = queries.access_order(request.user, ref, on=request.today)
    if found.letter is None:
        raise NotFound(ref)
    answer = HttpResponse(pdf_of(found.letter), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="order.pdf"'
    return answer


DEEDS: dict[str, Any] = {
    "refuse": (forms.ReasonForm, actions.refuse_release, _l("Refuse the release")),
    "decide": (forms.DecideReleaseForm, actions.decide_release, _l("Decide on the refused release")),
    "depart": (forms.ReturnForm, actions.depart, _l("Record the departure")),
    "arrive": (forms.ReturnForm, actions.arrive, _l("Record the arrival")),
    "pay": (forms.PaymentForm, actions.record_payment, _l("Record the payment")),
    "waive": (forms.ReasonForm, actions.let_leave_unpaid, _l("Let the officer leave unpaid")),
    "forward": (forms.DayForm, actions.forward_file, _l("The personal file was forwarded")),
    "receive": (forms.DayForm, actions.receive_file, _l("The personal file has come")),
    "suspend": (forms.PaperForm, actions.suspend, _l("Suspend the order")),
    "resume": (forms.NewDayForm, actions.resume, _l("Let the order run again")),
    "cancel": (forms.ReasonForm, actions.cancel, _l("Cancel the order")),
    "reverse": (forms.NewDayForm, actions.reverse, _l("Reverse the move")),
}


@opens_to(P.PROCESS_TRANSFERS, P.DECIDE_PROTECTED)
@require_POST
def publish(request: Any, ref: str) -> HttpResponse:
    """The decision becomes the order, or the orders of an exchange; what holds it is told as a refusal."""
    found = access_request(request.user, ref, request.today)
    actions.publish_request(found, by=request.user, on=request.today, at=request.now)
    notices.done(request, _("Published. The officer and both commanders were told."))
    return redirect("transfers:case", ref=ref)


@opens_to(P.ADVISE_TRANSFERS)
@require_POST
def release(request: Any, ref: str) -> HttpResponse:
    """One tap: the officer is released."""
    found = queries.access_order(request.user, ref, on=request.today)
    actions.release(found, by=request.user, on=request.today, at=request.now)
    notices.done(request, _("Released. The officer was told."))
    return redirect("transfers:order", ref=ref)


@opens_to(P.SEE_POSTINGS)
def answer_deferment(request: Any, ref: str) -> HttpResponse:
    """Grants or refuses a later day to report."""
    found = queries.access_order(request.user, ref, on=request.today)
    asked = queries.open_deferment(found)
    if asked is None:
        raise NotFound(ref)
    return form_page(
        request,
        forms.AnswerForm(request.POST or None),
        lambda form: actions.decide_deferment(
            asked, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Answer: report later?"),
        lead=f"{found.order.officer} · {asked.until:%-d %b %Y} · {asked.reason}",
        submit=_("Answer"),
        back=reverse("transfers:order", args=[ref]),
        said=_("Answered. The officer was told."),
    )


@opens_to(P.SEE_POSTINGS)
def change_order(request: Any, ref: str, deed: str) -> HttpResponse:
    """One deed on an order: a form, and the action that checks it."""
    found = queries.access_order(request.user, ref, on=request.today)
    if deed not in DEEDS:
        raise NotFound(deed)
    form_class, act, title = DEEDS[deed]
    today = {"happened_on": request.today, "paid_on": request.today}
    return form_page(
        request,
        form_class(request.POST or None, initial=today),
        lambda form: act(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=str(title),
        lead=f"{found.order.number} · {found.order.officer} · {found.order.to_unit}",
        submit=str(title),
        back=reverse("transfers:order", args=[ref]),
        said=_("Recorded."),
    )


@opens_to(P.PROCESS_TRANSFERS)
@require_GET
def payroll(request: Any) -> HttpResponse:
    """Arrivals between two days as a file for the payroll; who took it stands in the trail."""
    form = forms.PeriodForm(request.GET or None)
    if not (request.GET and form.is_valid()):
        return render(request, "transfers/payroll_export.html", {"form": form, "back": reverse("transfers:orders")})
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    rows = queries.arrived_between(queries.orders_of_area(request.user, on=request.today), first, last)
    return export_response(
        request,
        "arrivals",
        queries.PAYROLL_COLUMNS,
        map(queries.payroll_cells, rows.iterator(chunk_size=2_000)),
        format=request.GET.get("format", "xlsx"),
        by=request.user,
        at=request.now,
        scope=f"{first} – {last}",
    )
