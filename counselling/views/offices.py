"""Counselling offices: the register of the wellbeing lead, and the directory that anybody reads on a phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from counselling.actions import offices as actions
from counselling.forms.cover import CloseOfficeForm, OfficeForm, OpenOfficeForm
from counselling.queries import offices as queries
from counselling.tables import OfficeTable
from hcims.access.guards import opens_to, opens_to_everyone
from hcims.access.nameless import nameless
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui.form_pages import form_page
from hcims.ui.parts import Tab
from hcims.ui.tables import listed


@conditional_page  # a phone that has it is told so in a few bytes
@nameless
@opens_to_everyone
@require_safe
def directory(request: Any) -> HttpResponse:
    """Where counselling offices are and how to reach them; kept on the phone, asks nobody who they are."""
    return render(request, "counselling/phone_offices.html", {"places": queries.directory(on=request.today)})


@opens_to(Permission.LEAD_WELLBEING)
@require_safe
def offices(request: Any) -> HttpResponse:
    """The register of offices of the reader's area."""
    found = queries.offices_led_by(request.user, on=request.today)
    is_closed = request.GET.get("state") == "closed"
    shown = found.filter(ends_on__lte=request.today) if is_closed else found.exclude(ends_on__lte=request.today)
    if request.GET.get("format"):
        columns = [
            _("Name"), _("Code"), _("Unit"), _("County"), _("Private rooms"), _("Counsellors"), _("Social workers"),
            _("Chaplains"), _("Hours"), _("Languages"), _("Services"), _("Telephone"), _("From"), _("Until"), _("Source"),
        ]  # fmt: skip
        return export_response(
            request, "counselling-offices", columns, queries.file_rows(shown), format=request.GET["format"],
            by=request.user, at=request.now, permission=Permission.LEAD_WELLBEING,
        )  # fmt: skip
    here = reverse("counselling:offices")
    page = {
        "table": listed(request, OfficeTable(shown)),
        "tabs": [Tab(_("In service"), here, not is_closed), Tab(_("Closed"), f"{here}?state=closed", is_closed)],
        "as_of": request.today,
    }
    return render(request, "counselling/offices.html", page)


@opens_to(Permission.LEAD_WELLBEING)
@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Puts an office into service."""
    form = OpenOfficeForm(request.POST or None, user=request.user, on=request.today)
    return form_page(
        request, form, lambda sent: actions.open_office(**sent.cleaned_data, by=request.user, at=request.now),
        title=_("A counselling office"), submit=_("Put it on the list"), back=reverse("counselling:offices"),
        said=_("The office is on the list."), lead=_("The directory shows it to everyone at once, without signing in."),
    )  # fmt: skip


@opens_to(Permission.LEAD_WELLBEING)
@require_http_methods(["GET", "POST"])
def change(request: Any, ref: str) -> HttpResponse:
    """Changes what is said of an office."""
    office = queries.access_office(request.user, ref, on=request.today)
    initial = {name: getattr(office, name) for name in actions.FACTS}
    form = OfficeForm(request.POST or None, initial=initial)
    return form_page(
        request, form,
        lambda sent: actions.change_office(office=office, **sent.cleaned_data, by=request.user, at=request.now),
        title=office.name, caption=str(office.unit), submit=_("Keep the changes"), back=reverse("counselling:offices"),
        said=_("The office was changed."), template="counselling/office.html", context={"office": office},
    )  # fmt: skip


@opens_to(Permission.LEAD_WELLBEING)
@require_http_methods(["GET", "POST"])
def close(request: Any, ref: str) -> HttpResponse:
    """Takes an office out of service."""
    office = queries.access_office(request.user, ref, on=request.today)
    form = CloseOfficeForm(request.POST or None)
    return form_page(
        request, form,
        lambda sent: actions.close_office(office=office, **sent.cleaned_data, by=request.user, at=request.now),
        title=_("Close this office"), caption=office.name, submit=_("Close it"), back=reverse("counselling:offices"),
        said=_("The office is closed."), tone="bad",
    )  # fmt: skip
