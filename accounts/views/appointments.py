"""The queue of appointments, proposing one, deciding on one, ending one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms.appointments import ApproveForm, EndForm, ProposeForm, ReasonForm
from accounts.policies import appointments as policy
from accounts.queries import appointments as queries
from accounts.queries.people import people_matching
from accounts.tables import AppointmentTable, standing
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from hcims.ui.parts import Moment, Tab
from hcims.ui.tables import listed

SEERS = (Permission.PROPOSE_APPOINTMENT, Permission.APPROVE_APPOINTMENT, Permission.SEE_AUDIT)


@opens_to(*SEERS)
def appointments(request: HttpRequest) -> HttpResponse:
    """Appointments in three lists: those that wait, with their age and whose turn it is; those in force; the rest."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    queue = request.GET.get("list", queries.WAITING)
    words = request.GET.get("q", "")
    found = queries.matching(queries.visible_to(by, on=on), words)
    numbers = queries.counts(found, on=on)
    labels = {queries.WAITING: _("Waiting"), queries.IN_FORCE: _("In force"), queries.PAST: _("Ended or refused")}
    queue = queue if queue in labels else queries.WAITING
    may_propose = by.can(Permission.PROPOSE_APPOINTMENT, on=on)  # type: ignore[union-attr]
    nothing = _empty_text(queue, words, may_propose=may_propose)
    table = AppointmentTable(queries.in_queue(found, queue, on=on), reader=by, on=on, at=at, empty_text=nothing)
    context = {
        "table": listed(request, table),
        "tabs": [Tab(label, f"?list={code}&q={words}", code == queue, numbers[code]) for code, label in labels.items()],
        "q": words,
        "queue": queue,
        "may_propose": may_propose,
    }
    return render(request, "accounts/appointments.html", context)


def _empty_text(queue: str, words: str, *, may_propose: bool) -> str:
    if words:
        return _("Nothing fits these words. Look under the other tabs, or for fewer words.")
    if queue == queries.WAITING and may_propose:
        return _("Nothing waits for a decision. Propose an appointment to begin one.")
    if queue == queries.WAITING:
        return _("Nothing waits for a decision. Those in force stand under the next tab.")
    return _("Nothing here yet.")


@opens_to(Permission.PROPOSE_APPOINTMENT)
def propose(request: HttpRequest) -> HttpResponse:
    """Proposes an appointment; somebody else decides."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    first = {"person": request.GET.get("person", ""), "unit": request.GET.get("unit", ""), "starts_on": on}
    form = ProposeForm(request.POST or None, by=by, on=on, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        last_day = given["ends_on"]
        with rules_on(form):
            made = actions.propose_appointment(
                user=given["person"],
                role=given["role"],
                unit=given["unit"],
                starts_on=given["starts_on"],
                ends_on=last_day + timedelta(days=1) if last_day else None,
                authority=given["authority"],
                by=by,
                at=at,
            )
            notices.done(request, _("Proposed. An approving authority was told."))
            return redirect("accounts:appointment", made.ref)
    context = {
        "form": form,
        "crumbs": [(_("Appointments"), "/appointments/"), (_("Propose"), "")],
        "roles": [role for code, role in ROLES.items() if code != "officer"],
    }
    return render(request, "accounts/propose.html", context, status=status_of(form))


@opens_to(Permission.PROPOSE_APPOINTMENT)
def people(request: HttpRequest) -> HttpResponse:
    """Accounts that fit what was typed: name and sign-in name, nothing more."""
    found = people_matching(request.GET.get("person", ""))
    options = [(each["login"], each["full_name"]) for each in found]
    return render(request, "accounts/_options.html", {"options": options})


@opens_to(Permission.PROPOSE_APPOINTMENT)
def units(request: HttpRequest) -> HttpResponse:
    """Units that fit what was typed, among those for which the reader proposes."""
    on = request.today  # type: ignore[attr-defined]
    found = queries.units_matching(queries.units_to_propose_at(request.user, on=on), request.GET.get("unit", ""))
    return render(request, "accounts/_options.html", {"options": [(each.code, each.name) for each in found]})


@opens_to(*SEERS)
def appointment(request: HttpRequest, ref: str) -> HttpResponse:
    """One appointment: what it gives, who proposed and decided, and what the reader may do about it."""
    on = request.today  # type: ignore[attr-defined]
    return _page(request, queries.access_appointment(request.user, ref, on=on))


def _page(request: HttpRequest, thing: Any, status: int = 200, **forms: Any) -> HttpResponse:
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    may_decide = policy.may_decide(by, thing, on=on)
    may_end = policy.may_end(by, thing, on=on)
    context = {
        "thing": thing,
        "role": ROLES.get(thing.role),
        "standing": standing(thing, reader=by, on=on, at=at),
        "history": _history(thing),
        "may_decide": may_decide,
        "may_withdraw": thing.state == "proposed" and by.pk == thing.proposed_by_id,
        "may_end": may_end,
        "approve_form": ApproveForm(),
        "refuse_form": ReasonForm(prefix="refuse"),
        "end_form": EndForm(),
        "crumbs": [(_("Appointments"), "/appointments/"), (thing.user.full_name, "")],
        **forms,
    }
    return render(request, "accounts/appointment.html", context, status=status)


def _history(thing: Any) -> list[Moment]:
    moments = [Moment(thing.proposed_at, _("Proposed"), thing.proposed_by.full_name, thing.authority)]
    if thing.decided_at:
        moments.insert(
            0, Moment(thing.decided_at, thing.get_state_display(), thing.decided_by.full_name, thing.decision_note)
        )
    if thing.ended_reason:
        moments.insert(0, Moment(thing.ends_on, _("Ended"), "", thing.ended_reason))
    return moments


@opens_to(Permission.APPROVE_APPOINTMENT)
@require_POST
def approve(request: HttpRequest, ref: str) -> HttpResponse:
    """Brings a proposal into force."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    thing = queries.access_appointment(by, ref, on=on)
    form = ApproveForm(request.POST)
    if form.is_valid():
        actions.approve_appointment(appointment=thing, by=by, at=at, note=form.cleaned_data["note"])
        notices.done(request, _("Approved. The person was told."))
        return redirect("accounts:appointment", ref)
    return _page(request, thing, 422, approve_form=form)


@opens_to(Permission.APPROVE_APPOINTMENT)
@require_POST
def refuse(request: HttpRequest, ref: str) -> HttpResponse:
    """Refuses a proposal, with the reason."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    thing = queries.access_appointment(by, ref, on=on)
    form = ReasonForm(request.POST, prefix="refuse")
    if form.is_valid():
        actions.refuse_appointment(appointment=thing, by=by, at=at, note=form.cleaned_data["note"])
        notices.done(request, _("Refused. Whoever proposed it was told."))
        return redirect("accounts:appointment", ref)
    return _page(request, thing, 422, refuse_form=form)


@opens_to(Permission.PROPOSE_APPOINTMENT)
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Takes one's own proposal back."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    thing = queries.access_appointment(by, ref, on=on)
    actions.withdraw_appointment(appointment=thing, by=by, at=at)
    notices.done(request, _("Withdrawn."))
    return redirect("accounts:appointment", ref)


@opens_to(Permission.PROPOSE_APPOINTMENT, Permission.APPROVE_APPOINTMENT)
@require_POST
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """Ends an appointment after a day, with the reason."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    thing = queries.access_appointment(by, ref, on=on)
    form = EndForm(request.POST)
    if form.is_valid():
        with rules_on(form):
            ends_on = form.cleaned_data["last_day"] + timedelta(days=1)
            actions.end_appointment(
                appointment=thing, ends_on=ends_on, by=by, at=at, reason=form.cleaned_data["reason"]
            )
            notices.done(request, _("The appointment ends on that day. The person was told."))
            return redirect("accounts:appointment", ref)
    return _page(request, thing, 422, end_form=form)
