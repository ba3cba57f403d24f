"""Corrections: the queue of HR, one request and its answer, and changes that a commander proposes."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from hcims.ui.parts import Tab
from hcims.ui.tables import listed
from personnel import actions, policies
from personnel.forms.requests import AnswerForm, CorrectionForm, section_label
from personnel.queries import access_correction, access_officer, correction_queue
from personnel.tables import CorrectionTable
from personnel.views.files import kept_file


@opens_to(Permission.DECIDE_CORRECTIONS)
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; and what was answered."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    answered = request.GET.get("show") == "answered"
    queue = correction_queue(user, on=on, waiting=not answered)
    table = CorrectionTable(queue, user=user, at=request.now)  # type: ignore[attr-defined]
    waiting = queue if not answered else correction_queue(user, on=on)
    context = {
        "table": listed(request, table),
        "tabs": [
            Tab(_("Waiting"), "?", not answered, waiting.count()),
            Tab(_("Answered"), "?show=answered", answered),
        ],
        "print_scope": user.office(on=on, permission=Permission.DECIDE_CORRECTIONS),
    }
    return render(request, "personnel/corrections.html", context)


@opens_to_signed_in
def correction(request: HttpRequest, ref: str) -> HttpResponse:
    """One request: what is wrong, what it should be, and the answer."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    asked = access_correction(user, ref, on=on)
    may_decide = (
        asked.state == "asked"
        and policies.holds(user, Permission.DECIDE_CORRECTIONS, asked.officer, on)
        and not policies.is_own(user, asked.officer)
        and asked.asked_by_id != user.pk
    )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            made, answer = form.cleaned_data["outcome"] == "made", form.cleaned_data["answer"]
            actions.decide_correction(request=asked, made=made, answer=answer, by=user, at=request.now)  # type: ignore[attr-defined]
            notices.done(request, _("The answer is given."))
            return redirect("personnel:corrections")
    context = {
        "asked": asked,
        "section": section_label(asked.section),
        "form": form,
        "may_decide": may_decide,
        "may_withdraw": asked.state == "asked" and asked.asked_by_id == user.pk,
        "is_own": policies.is_own(user, asked.officer),
        "may_open_file": policies.holds(user, Permission.SEE_FILE, asked.officer, on),
        "age": (request.now - asked.asked_at).days,  # type: ignore[attr-defined]
        "enter_url": _where_to_enter(asked),
    }
    template = (
        "personnel/correction_phone.html" if policies.is_own(user, asked.officer) else "personnel/correction.html"
    )
    return render(request, template, context, status=status_of(form))


def _where_to_enter(asked: Any) -> str:
    """The page on which such a change is entered."""
    number = asked.officer.service_number
    facts = {"names": "service", "identity": "identity"}.get(asked.section)
    if facts:
        return reverse("personnel:change", args=[number, facts])
    part = {"skills": "skills", "family": "family", "conduct": "conduct"}.get(asked.section)
    return reverse("desk:officer", args=[number]) + (f"?part={part}" if part else "")


@opens_to_signed_in
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Takes back one's own request."""
    asked = access_correction(request.user, ref, on=request.today)  # type: ignore[attr-defined]
    actions.withdraw_correction(request=asked, by=request.user, at=request.now)  # type: ignore[attr-defined]
    notices.done(request, _("The request is taken back."))
    return redirect(
        "desk:me" if policies.is_own(request.user, asked.officer) else "personnel:correction",
        *([] if policies.is_own(request.user, asked.officer) else [ref]),
    )


@opens_to_signed_in
def evidence(request: HttpRequest, ref: str) -> FileResponse:
    """The paper sent with a request."""
    asked = access_correction(request.user, ref, on=request.today)  # type: ignore[attr-defined]
    if not asked.evidence:
        raise NotFound(f"{ref} evidence")
    return kept_file(asked.evidence)


@opens_to(Permission.SEE_FILE)
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """A commander says that something on the record is wrong; HR enters it or answers why not."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    officer = access_officer(user, number, Permission.SEE_FILE, on=on)
    form = CorrectionForm(request.POST or None, request.FILES or None, officer=officer, on=on)
    return form_page(
        request,
        form,
        lambda form: actions.ask_correction(officer=officer, **form.cleaned_data, by=user, at=request.now),  # type: ignore[attr-defined]
        title=_("Propose a change"),
        submit=_("Send to HR"),
        back=reverse("desk:officer", args=[number]),
        said=_("Sent. HR enters the change or answers why not."),
        lead=_("Nothing changes until HR has seen the paper."),
        caption=str(officer),
    )
