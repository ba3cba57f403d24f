"""Entering a new member with the first posting, recording that one left, and marking a record as an error."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deployment.actions.exits import leave_service
from desk import actions
from desk.forms.entering import EnterOfficerForm
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui.form_pages import form_page
from personnel import policies
from personnel.forms.entries import ExitForm, ReasonForm
from personnel.queries import access_officer


@opens_to(Permission.EDIT_OFFICERS)
def enter_officer(request: HttpRequest) -> HttpResponse:
    """A new record with its first rank and posting."""
    user, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    form = EnterOfficerForm(request.POST or None, user=user, on=on)
    return form_page(
        request,
        form,
        lambda form: actions.enter_and_post(
            facts=form.facts, posting=form.posting, paper=form.cleaned_data["paper"], by=user, on=on, at=at
        ),
        title=_("Enter an officer"),
        submit=_("Enter the officer"),
        back=reverse("desk:officers"),
        follow=lambda officer: reverse("desk:officer", args=[officer.service_number]),
        said=_("The officer is entered and posted. Add what else the papers say: family, bank, skills, photograph."),
        lead=_("For one officer. For many, import the nominal roll."),
    )


def _officer(request: HttpRequest, number: str) -> Any:
    user, on = request.user, request.today  # type: ignore[attr-defined]
    officer = access_officer(user, number, Permission.EDIT_OFFICERS, on=on)
    policies.check_not_self(user, officer)
    return officer


@opens_to(Permission.EDIT_OFFICERS)
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """A member left the service: the posting and any command end with it."""
    on = request.today  # type: ignore[attr-defined]
    officer = _officer(request, number)
    form = ExitForm(request.POST or None, officer=officer, on=on)
    return form_page(
        request,
        form,
        lambda form: leave_service(officer=officer, **form.cleaned_data, by=request.user, on=on, at=request.now),  # type: ignore[attr-defined]
        title=_("Left the service"),
        submit=_("Record the exit"),
        back=reverse("desk:officers"),
        said=_("The exit is recorded; the posting has ended."),
        lead=_("The posting, and any command held with it, ends on that day."),
        caption=str(officer),
        tone="bad",
    )


@opens_to(Permission.EDIT_OFFICERS)
def void(request: HttpRequest, number: str) -> HttpResponse:
    """A record that should never have been: out of every list and count, with its postings."""
    on = request.today  # type: ignore[attr-defined]
    officer = _officer(request, number)
    form = ReasonForm(request.POST or None, officer=officer, on=on)
    return form_page(
        request,
        form,
        lambda form: actions.void_record(officer=officer, **form.cleaned_data, by=request.user, on=on, at=request.now),  # type: ignore[attr-defined]
        title=_("This record was entered in error"),
        submit=_("Mark it as an error"),
        back=reverse("desk:officers"),
        said=_("The record is marked as an error."),
        lead=_("It leaves every list and every count; it is kept, with its history and its postings."),
        caption=str(officer),
        tone="bad",
    )
