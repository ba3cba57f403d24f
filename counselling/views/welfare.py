"""What commanders provide for welfare, and the coordinator's answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from counselling.actions import welfare as actions
from counselling.forms.cover import (
    CloseGroupForm,
    DecisionForm,
    GroupForm,
    GroupMonthForm,
    PracticeForm,
    ProvisionForm,
    UnitChoiceForm,
)
from counselling.queries import welfare as queries
from counselling.tables import GroupTable, ProvisionTable, UnitTable
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from hcims.ui.form_pages import form_page
from hcims.ui.parts import Tab
from hcims.ui.tables import listed

RECORDS = Permission.RECORD_WELFARE


def unit_url(code: str) -> str:
    return reverse("counselling:welfare_unit", args=[code])


@opens_to(RECORDS, Permission.LEAD_WELLBEING)
@require_safe
def welfare(request: Any) -> HttpResponse:
    """What the units of the reader's area provide; for the coordinator, what waits to be confirmed."""
    user, on = request.user, request.today
    chosen = UnitChoiceForm(request.GET if "unit" in request.GET else None, user=user, on=on)
    if chosen.is_bound and chosen.is_valid():
        return redirect(unit_url(chosen.cleaned_data["unit"].code))
    show = request.GET.get("show", "")
    found = queries.provisions_on(user, on=on, having=show if show in queries.HAVING else "")
    if request.GET.get("format"):
        return _export(request, found)
    table: Any = ProvisionTable(found)
    if show == "units":
        table = UnitTable(queries.units_listed(user, on=on))
    elif show == "groups":
        table = GroupTable(queries.groups_on(user, on=on))
    summary = queries.summary(user, on=on)
    page = {
        "form": chosen, "table": listed(request, table), "summary": summary, "tabs": _parts(request.GET, summary, show),
        "waiting": queries.waiting_for(user, on=on), "as_of": on, "may_export": _may_export(request),
    }  # fmt: skip
    return render(request, "counselling/welfare.html", page)


def _parts(asked: Any, summary: queries.Summary, show: str) -> list[Tab]:
    """The lists behind the numbers."""
    parts = [
        ("", _("On record"), None), ("room", _("With a room"), summary.rooms),
        ("hours", _("With protected hours"), summary.hours), ("groups", _("Healing groups"), summary.groups),
        ("units", _("All units"), summary.units),
    ]  # fmt: skip
    shown = show if show in {code for code, _label, _count in parts} else ""
    return [Tab(label, f"?show={code}" if code else "?", code == shown, count) for code, label, count in parts]


def _may_export(request: Any) -> bool:
    return any(request.user.can(each, on=request.today) for each in (Permission.EXPORT, Permission.LEAD_WELLBEING))


def _export(request: Any, found: Any) -> HttpResponse:
    columns = [_("Code"), _("Unit"), _("Room"), _("Where"), _("Protected hours a week"), _("Which hours"), _("Since"),
               _("Coordinator")]  # fmt: skip
    rows = (
        (each.unit.code, str(each.unit), each.get_room_display(), each.place, each.hours_a_week, each.hours,
         each.starts_on, each.get_state_display())
        for each in found
    )  # fmt: skip
    leads = request.user.can(Permission.LEAD_WELLBEING, on=request.today)
    return export_response(
        request, "welfare", columns, rows, format=request.GET["format"], by=request.user, at=request.now,
        permission=Permission.LEAD_WELLBEING if leads else Permission.EXPORT,
    )  # fmt: skip


@opens_to(RECORDS, Permission.LEAD_WELLBEING)
@require_safe
def unit(request: Any, code: str) -> HttpResponse:
    """One unit: room and hours, practices by month, healing groups."""
    place = queries.access_welfare_unit(request.user, code, on=request.today)
    found = queries.of_unit(place)
    page = {
        "unit": place, "found": found, "current": found.current(request.today), "as_of": request.today,
        "may_record": request.user.can(RECORDS, at=place, on=request.today),
        "crumbs": [(_("Welfare"), reverse("counselling:welfare")), (str(place), "")],
    }  # fmt: skip
    return render(request, "counselling/welfare_unit.html", page)


@opens_to(RECORDS)
@require_http_methods(["GET", "POST"])
def record(request: Any, code: str, what: str) -> HttpResponse:
    """Records room and hours, a practice, or a group of a unit."""
    place = queries.access_welfare_unit(request.user, code, on=request.today)
    today: date = request.today
    forms: dict[str, Any] = {
        "provision": (ProvisionForm(request.POST or None, initial={"starts_on": today}), actions.record_provision,
                      _("Room and protected hours")),
        "practice": (PracticeForm(request.POST or None, on=today), actions.record_practice, _("A practice held")),
        "group": (GroupForm(request.POST or None), actions.open_group, _("A healing group")),
    }  # fmt: skip
    form, act, title = forms[what]
    return form_page(
        request, form, lambda sent: act(unit=place, **sent.cleaned_data, by=request.user, at=request.now),
        title=title, caption=str(place), submit=_("Record it"), back=unit_url(code),
        said=_("Recorded. The coordinator confirms room, hours and practices."),
        lead=_("Who comes, and why, is never asked and never written down."),
    )  # fmt: skip


@opens_to(RECORDS)
@require_http_methods(["GET", "POST"])
def group(request: Any, ref: str, what: str) -> HttpResponse:
    """Counts a month of a healing group, or records that it meets no more."""
    found = queries.access_group(request.user, ref, on=request.today)
    if what == "count":
        form: Any = GroupMonthForm(request.POST or None, on=request.today)
        act: Any = actions.count_group
        title = _("A month of the healing group")
    else:
        form, act, title = CloseGroupForm(request.POST or None), actions.close_group, _("The group meets no more")
    return form_page(
        request, form, lambda sent: act(group=found, **sent.cleaned_data, by=request.user, at=request.now),
        title=title, caption=str(found.unit), submit=_("Record it"), back=unit_url(found.unit.code), said=_("Recorded."),
    )  # fmt: skip


@opens_to(Permission.LEAD_WELLBEING)
@require_http_methods(["GET", "POST"])
def decide(request: Any, kind: str, ref: str) -> HttpResponse:
    """The coordinator confirms an entry or sends it back."""
    entry = queries.access_entry(request.user, kind, ref, on=request.today)
    form = DecisionForm(request.POST or None)
    return form_page(
        request, form,
        lambda sent: actions.decide(
            entry=entry, is_so=sent.cleaned_data["answer"] == "yes", note=sent.cleaned_data["note"], by=request.user,
            at=request.now,
        ),
        title=_("Is it so?"), caption=str(entry.unit), submit=_("Answer"), back=reverse("counselling:welfare"),
        said=_("Answered."), template="counselling/welfare_decide.html", context={"entry": entry, "kind": kind},
    )  # fmt: skip
