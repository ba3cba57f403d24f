"""The register of peer supporters: for the wellbeing lead of the area."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from counselling.actions import supporters as actions
from counselling.forms.supporters import (
    AreaForm,
    EndForm,
    RegisterFilters,
    SupervisionForm,
    SupporterForm,
    TrainingForm,
)
from counselling.queries import supporters as queries
from counselling.supporter_table import SupporterTable, training_chip
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui.form_pages import form_page
from hcims.ui.parts import Tab
from hcims.ui.tables import listed

LEADS = opens_to(Permission.LEAD_WELLBEING)


@LEADS
def supporters(request: HttpRequest) -> HttpResponse:
    """Who serves as a peer supporter, whose training lapses, who has ended; filtered by county and name."""
    on = request.today  # type: ignore[attr-defined]
    filters = RegisterFilters(request.GET)
    filters.is_valid()
    given = filters.cleaned_data
    found = queries.described(queries.visible_to(request.user, on=on), on=on)
    found = queries.matching(
        found, words=given.get("q", ""), county=given.get("county", ""), unit=given.get("unit", ""), on=on
    )
    labels = {
        queries.SERVING: _("Serving"),
        queries.TRAINED: _("Training holds"),
        queries.LAPSING: _("Training lapses within 90 days"),
        queries.LAPSED: _("Training lapsed or missing"),
        queries.ENDED: _("Ended"),
    }
    tab = given.get("tab") if given.get("tab") in labels else queries.SERVING
    query = urlencode({name: given.get(name, "") for name in ("q", "county", "unit")})
    tabs = [
        Tab(label, f"?tab={code}&{query}", code == tab, queries.in_tab(found, code, on=on).count())
        for code, label in labels.items()
    ]
    empty = _("Put the first supporter on the register: a trained colleague, with the paper of the accreditation.")
    table = SupporterTable(queries.in_tab(found, str(tab), on=on), on=on, empty_text=empty)
    context = {"table": listed(request, table), "tabs": tabs, "filters": filters}
    return render(request, "counselling/supporters.html", context)


@LEADS
def add_supporter(request: HttpRequest) -> HttpResponse:
    """Puts a person on the register."""
    by, on = request.user, request.today  # type: ignore[attr-defined]
    form = SupporterForm(request.POST or None, by=by, on=on, initial={"starts_on": on, "languages": ["en", "sw"]})

    def done(form: Any) -> Any:
        given = dict(form.cleaned_data)
        return actions.add_supporter(user=given.pop("person"), **given, by=by, at=request.now)  # type: ignore[attr-defined]

    return form_page(
        request, form, done,
        title=_("Put a supporter on the register"), submit=_("Put on the register"), back=reverse("counselling:supporters"),
        lead=_("The appointment that lets the person log contacts is proposed under Appointments, by somebody else."),
        said=_("On the register. The person decides what is published."),
        follow=lambda made: reverse("counselling:supporter", args=[made.ref]),
    )  # fmt: skip


@LEADS
def supporter(request: HttpRequest, ref: str) -> HttpResponse:
    """One supporter: area, training, supervision, and what the lead can do."""
    on = request.today  # type: ignore[attr-defined]
    thing = _fetch(request, ref)
    trainings = list(thing.trainings.all())
    counting = [each.expires_on for each in trainings if each.trained_on <= on]
    context = {
        "thing": thing,
        "trainings": [(each, training_chip(each.expires_on, on)) for each in trainings],
        "training": training_chip(max(counting, default=None), on),
        "supervisions": thing.supervisions.all(),
        "serves": thing.is_in_force(on),
        "last_day": thing.ends_on - timedelta(days=1) if thing.ends_on else None,
        "crumbs": [(_("Peer supporters"), reverse("counselling:supporters")), (thing.user.full_name, "")],
    }
    return render(request, "counselling/supporter.html", context)


@LEADS
def move_supporter(request: HttpRequest, ref: str) -> HttpResponse:
    """Gives a supporter another area."""
    thing = _fetch(request, ref)
    first = {"county": thing.county.code, "unit": thing.unit.code, "command": thing.command.code}
    form = AreaForm(request.POST or None, by=request.user, on=request.today, initial=first)  # type: ignore[attr-defined]
    return _deed(request, thing, form, actions.move_supporter, _("Change the area"), _("The area is changed."))


@LEADS
def add_training(request: HttpRequest, ref: str) -> HttpResponse:
    """Records a course passed."""
    form = TrainingForm(request.POST or None)
    return _deed(
        request,
        _fetch(request, ref),
        form,
        actions.record_training,
        _("Record training"),
        _("The training is recorded."),
    )


@LEADS
def add_supervision(request: HttpRequest, ref: str) -> HttpResponse:
    """Records that supervision was held."""
    form = SupervisionForm(request.POST or None, initial={"held_on": request.today, "kind": "alone"})  # type: ignore[attr-defined]
    return _deed(
        request, _fetch(request, ref), form, actions.record_supervision, _("Record supervision"),
        _("The supervision is recorded."), lead=_("Only that it was held. What was said is written nowhere."),
    )  # fmt: skip


@LEADS
def end_supporter(request: HttpRequest, ref: str) -> HttpResponse:
    """Ends a supporter's service."""
    form = EndForm(request.POST or None, initial={"last_day": request.today})  # type: ignore[attr-defined]

    def end(*, last_day: Any, **given: Any) -> Any:
        return actions.end_supporter(ends_on=last_day + timedelta(days=1), **given)

    return _deed(
        request, _fetch(request, ref), form, end, _("End the service"), _("The service is ended."), tone="bad",
        lead=_(
            "After the last day the person stands in the directory no more. The appointment to log contacts is ended under "
            "Appointments."
        ),
    )  # fmt: skip


def _fetch(request: HttpRequest, ref: str) -> Any:
    return queries.access_supporter(request.user, ref, on=request.today)  # type: ignore[attr-defined]


def _deed(
    request: HttpRequest, thing: Any, form: Any, deed: Any, title: str, said: str, lead: str = "", tone: str = ""
) -> HttpResponse:
    """A page with one form about one supporter."""
    return form_page(
        request, form,
        lambda form: deed(supporter=thing, **form.cleaned_data, by=request.user, at=request.now),  # type: ignore[attr-defined]
        title=title, submit=title, back=reverse("counselling:supporter", args=[thing.ref]), said=said, lead=lead, tone=tone,
        caption=thing.user.full_name,
    )  # fmt: skip
