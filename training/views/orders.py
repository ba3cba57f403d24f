"""Orders that a programme is taught in every course: whom they bind, by when, and whether the paper has been seen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui.form_pages import form_page
from hcims.ui.forms import Form
from training.actions import curricula as actions
from training.forms.curricula import OrderForm
from training.forms.institutions import EndForm
from training.queries import curricula as queries
from training.views.curricula import READERS, crumbs
from training.views.versions import sent_to


@READERS
@require_safe
def order(request: Any, ref: str) -> HttpResponse:
    """One order, with the institutions that it binds."""
    on, user = request.today, request.user
    one = queries.access_order(ref)
    page = {
        "order": one, "bound": queries.bound_by(one, on=on), "as_of": on, "crumbs": crumbs(),
        "is_over": not one.is_in_force(on) and one.starts_on <= on, "is_late": one.deadline < on,
        "may_draft": user.can(P.DRAFT_CURRICULA, on=on),
        "may_confirm": user.can(P.APPROVE_CURRICULA, on=on) and not one.is_confirmed and one.entered_by_id != user.pk,
    }  # fmt: skip
    return render(request, "training/order.html", page)


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def enter(request: Any) -> HttpResponse:
    """Enters an order."""
    return form_page(
        request, OrderForm(request.POST or None),
        lambda sent: actions.enter_order(**sent.cleaned_data, by=request.user, at=request.now),
        title=_("An order to integrate"), submit=_("Enter it"), back=reverse("training:curricula"),
        said=_("The order is entered. It counts as unconfirmed until another person has seen its paper."),
        lead=_("From its first day every course of every institution it binds is asked for the parts of the programme."),
        follow=lambda made: reverse("training:order", args=[made.ref]),
    )  # fmt: skip


@opens_to(P.DRAFT_CURRICULA, P.APPROVE_CURRICULA)
@require_http_methods(["GET", "POST"])
def deed(request: Any, ref: str, deed: str) -> HttpResponse:
    """Ends an order, or says that its paper has been seen."""
    one, by = queries.access_order(ref), {"by": request.user, "at": request.now}
    common = {"caption": one.authority, "back": reverse("training:order", args=[ref])}
    if deed == "end":
        return form_page(
            request, EndForm(request.POST or None), lambda sent: actions.end_order(order=one, **sent.cleaned_data, **by),
            title=_("This order ends"), submit=_("End it"), tone="bad", said=_("The order ends on that day."),
            lead=_("For an order that is lifted, or that another follows: enter the other one afterwards."), **common,
        )  # fmt: skip
    if deed == "confirm":
        return form_page(
            request, Form(sent_to(request)), lambda _sent: actions.confirm_order(order=one, **by),
            title=_("The paper of this order"), submit=_("The paper has been seen"), said=_("The order counts as confirmed."),
            **common,
        )  # fmt: skip
    raise NotFound(f"{ref}/{deed}")
