"""What is owed to officers after an appeal or a review: the list with its age, and the order that stands ready to sign."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui.form_pages import form_page
from transfers.actions.returns import sign_return
from transfers.forms.appeals import OWED, SignForm
from transfers.policies import redress as policies
from transfers.queries import appeals
from transfers.queries import redress as queries
from transfers.queries.round_results import first_day_to_report

A_PAGE = 50


@opens_to(P.PROCESS_TRANSFERS, P.DECIDE_TRANSFERS, P.NAME_APPEAL_PANEL, P.DECIDE_PROTECTED)
@require_GET
def owed_list(request: Any) -> HttpResponse:
    """All that is owed and not given, the oldest first; or what was given."""
    given = request.GET.get("show") == "given"
    over = (
        queries.visible_to(request.user, on=request.today).filter(given_at__isnull=False).order_by("-given_at", "-pk")
    )
    still = queries.open_ones(request.user, on=request.today)
    rows, other = (over, still) if given else (still, over)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(page.object_list, request.user, on=request.today)
    context = {
        "page": page,
        "given": given,
        "other": other.count(),
        "seen": appeals.readable(request.user, [each.redress.appeal_id for each in lines], on=request.today),
        "rows": [(each, OWED[each.redress.kind]) for each in lines],
        "may_propose": request.user.can(P.PROCESS_TRANSFERS, on=request.today),
    }
    return render(request, "transfers/redress.html", context)


@opens_to(P.PROCESS_TRANSFERS, P.DECIDE_TRANSFERS)
def sign(request: Any, ref: str) -> HttpResponse:
    """Signs the reversing order; it is published at once."""
    return _sign(request, ref)


@opens_to(P.DECIDE_PROTECTED)
def sign_sealed(request: Any, ref: str) -> HttpResponse:
    """The same in a protected matter."""
    return _sign(request, ref)


def _sign(request: Any, ref: str) -> HttpResponse:
    found = queries.access_redress(request.user, ref, on=request.today)
    if found.transfer is None:
        raise NotFound(ref)
    if request.method == "GET":
        policies.check_can_sign(request.user, found, on=request.today)
    move = found.transfer.order
    return form_page(
        request,
        SignForm(request.POST or None, initial={"report_by": first_day_to_report(request.today)}),
        lambda form: sign_return(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=_("Sign the reversing order"),
        lead=_("%(officer)s returns from %(unit)s to %(former)s. It rests on: %(why)s. The time at the former station counts on.")
        % {"officer": found.officer, "unit": move.to_unit, "former": move.from_unit, "why": found.why},
        caption=move.number,
        submit=_("Sign and publish it"),
        back=reverse("transfers:redress"),
        said=_("Signed and published. The officer and both commanders were told."),
    )  # fmt: skip
