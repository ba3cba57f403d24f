"""Critical incidents: recording one offers support to everybody posted there, all alike."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from counselling.actions import incidents as actions
from counselling.forms.cover import IncidentForm, WithdrawForm
from counselling.queries import incidents as queries
from counselling.tables import IncidentTable, PostedThereTable
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui.form_pages import form_page
from hcims.ui.navigation import url_of
from hcims.ui.parts import Tab
from hcims.ui.tables import listed

RECORDS = Permission.RECORD_WELFARE


@opens_to(RECORDS, Permission.LEAD_WELLBEING)
@require_safe
def incidents(request: Any) -> HttpResponse:
    """The critical incidents of the reader's area."""
    found = queries.incidents_visible_to(request.user, on=request.today).filter(withdrawn_at=None)
    page = {
        "table": listed(request, IncidentTable(found)),
        "may_record": request.user.can(RECORDS, on=request.today),
        "as_of": request.today,
    }
    return render(request, "counselling/incidents.html", page)


@opens_to(RECORDS)
@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Records an event, a unit and a day."""
    link = url_of("counselling:people") or reverse("counselling:phone_offices")
    form = IncidentForm(request.POST or None, user=request.user, on=request.today)
    return form_page(
        request, form,
        lambda sent: actions.record_incident(**sent.cleaned_data, link=link, by=request.user, at=request.now),
        title=_("A critical incident"), submit=_("Record it and offer support to all"),
        back=reverse("counselling:incidents"),
        follow=lambda made: reverse("counselling:incident", args=[made.ref]),
        said=_("Recorded. Everybody posted there was offered support, all alike."),
        lead=_("What happened, where and when. Nobody's name, nobody's part in it. Who takes up the offer is recorded nowhere."),
    )  # fmt: skip


@opens_to(RECORDS, Permission.LEAD_WELLBEING)
@require_safe
def incident(request: Any, ref: str) -> HttpResponse:
    """One incident, and the words for the notice board and the parade."""
    found = queries.access_incident(request.user, ref, on=request.today)
    page = {
        "incident": found,
        "may_list": queries.may_list(request.user, found, on=request.today),
        "may_withdraw": not found.withdrawn_at and request.user.can(RECORDS, at=found.unit, on=request.today),
        "crumbs": [(_("Critical incidents"), reverse("counselling:incidents")), (found.get_kind_display(), "")],
    }
    return render(request, "counselling/incident.html", page)


@opens_to(RECORDS)
@require_safe
def posted(request: Any, ref: str) -> HttpResponse:
    """Those posted there on the day, for whoever sees the unit's officers anyway; all of them, or those with an account."""
    found, officers, openable = queries.access_posted(request.user, ref, on=request.today)
    with_account = queries.with_account(officers)
    chosen = request.GET.get("show") == "account"
    tabs = [
        Tab(_("Posted there that day"), "?", not chosen, officers.count()),
        Tab(_("With an account"), "?show=account", chosen, with_account.count()),
    ]
    page = {
        "incident": found, "tabs": tabs,
        "table": listed(request, PostedThereTable(with_account if chosen else officers, openable=openable)),
        "crumbs": [
            (_("Critical incidents"), reverse("counselling:incidents")),
            (found.get_kind_display(), reverse("counselling:incident", args=[ref])), (_("Posted there that day"), ""),
        ],
    }  # fmt: skip
    return render(request, "counselling/posted_there.html", page)


@opens_to(RECORDS)
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, ref: str) -> HttpResponse:
    """Marks an incident as entered in error."""
    found = queries.access_incident(request.user, ref, on=request.today)
    form = WithdrawForm(request.POST or None)
    return form_page(
        request, form,
        lambda sent: actions.withdraw_incident(
            incident=found, reason=sent.cleaned_data["reason"], by=request.user, at=request.now
        ),
        title=_("Take back an entry"), caption=str(found), submit=_("Take it back"),
        back=reverse("counselling:incident", args=[ref]), said=_("Taken back. The offer that went out stands."),
        tone="bad",
    )  # fmt: skip
