"""Posting orders: issue, depart, arrive, cancel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deployment import actions
from deployment.forms import CancelForm, OrderForm, ReturnForm
from deployment.queries import ledger
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.ui.form_pages import form_page


@opens_to(Permission.SEE_POSTINGS)
def order(request: HttpRequest, ref: str) -> HttpResponse:
    on, user = request.today, request.user
    found = ledger.access_order(user, ref, Permission.SEE_POSTINGS, on=on)
    is_open = found.state in ledger.OPEN_ORDERS and not found.is_transfer
    leaving = found.from_unit is not None and user.can(Permission.RECORD_RETURNS, at=found.from_unit, on=on)
    return render(
        request,
        "deployment/order.html",
        {
            "order": found,
            "pen": type(found).PENS[found.state],
            "days_over": (on - found.report_by).days if is_open else 0,
            "may_depart": found.state == "issued" and leaving,
            "may_arrive": is_open and user.can(Permission.RECORD_RETURNS, at=found.to_unit, on=on),
            "may_cancel": is_open and user.can(Permission.RECORD_POSTINGS, at=found.to_unit, on=on),
            "crumbs": [(_("Postings"), reverse("deployment:postings"))],
        },
    )


@opens_to(Permission.RECORD_POSTINGS)
def new_order(request: HttpRequest) -> HttpResponse:
    form = OrderForm(
        request.POST or None,
        reader=request.user,
        on=request.today,
        initial={"officer": request.GET.get("officer", ""), "unit": request.GET.get("unit", "")},
    )

    def issue(form: OrderForm) -> Any:
        data = form.cleaned_data
        data["to_unit"] = data.pop("unit")
        return actions.issue_order(**data, by=request.user, on=request.today, at=request.now)

    return form_page(
        request,
        form,
        issue,
        title=_("Issue a posting order"),
        lead=_("For who is posted nowhere yet. An officer who moves from one unit to another is transferred."),
        submit=_("Issue the order"),
        back=reverse("deployment:postings"),
        said=_("The order is issued."),
        follow=lambda made: reverse("deployment:order", args=[made.ref]),
    )


DEEDS: dict[str, Any] = {
    "depart": (
        ReturnForm,
        actions.depart,
        gettext_lazy("Record the departure"),
        gettext_lazy("The departure is recorded."),
    ),
    "arrive": (
        ReturnForm,
        actions.arrive,
        gettext_lazy("Record the arrival"),
        gettext_lazy("The arrival is recorded, and the posting has changed."),
    ),
    "cancel": (
        CancelForm,
        actions.cancel_order,
        gettext_lazy("Cancel the order"),
        gettext_lazy("The order is cancelled."),
    ),
}
NEEDS = {"depart": Permission.RECORD_RETURNS, "arrive": Permission.RECORD_RETURNS, "cancel": Permission.RECORD_POSTINGS}


@opens_to(Permission.RECORD_RETURNS, Permission.RECORD_POSTINGS)
def change_order(request: HttpRequest, ref: str, deed: str) -> HttpResponse:
    found = ledger.access_order(request.user, ref, NEEDS.get(deed, Permission.RECORD_RETURNS), on=request.today)
    if deed not in DEEDS:
        raise NotFound(deed)
    form_class, act, title, said = DEEDS[deed]
    initial = {"happened_on": request.today} if deed != "cancel" else {}
    return form_page(
        request,
        form_class(request.POST or None, initial=initial),
        lambda form: act(order=found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=str(title),
        lead=f"{found.number} · {found.officer} · {found.to_unit}",
        submit=str(title),
        back=reverse("deployment:order", args=[ref]),
        said=str(said),
    )
