"""Accounts, for those who manage them or issue their letters: name, sign-in name, state, last sign-in. Nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms.accounts import AccountsFilter, HandOverForm, IssueLetterForm, OpenAccountForm, ReasonForm
from accounts.policies import letters as policy
from accounts.queries import accounts as queries
from accounts.tables import AccountTable, state_chip
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from hcims.ui.tables import listed

MANAGERS = (Permission.MANAGE_ACCOUNTS, Permission.ISSUE_ACTIVATION)


@opens_to(*MANAGERS)
def accounts(request: HttpRequest) -> HttpResponse:
    """The list of accounts, or of those that the reader's office was asked for."""
    by, on = request.user, request.today  # type: ignore[attr-defined]
    form = AccountsFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    words = given.get("q", "")
    found = queries.visible_to(by, on=on, asked_for=words)
    found = queries.matching(found, words=words, state=given.get("state", ""), kind=given.get("kind", ""))
    manages = policy.manages_accounts(by, on=on)
    hint = (
        _("Look for fewer letters of the name, or lift a filter.")
        if manages
        else _("Your office finds the account of somebody outside its own command by the whole sign-in name.")
    )
    context = {
        "table": listed(request, AccountTable(found.order_by("full_name", "pk"), empty_text=hint)),
        "form": form,
        "manages": manages,
        "may_open": manages,
    }
    return render(request, "accounts/accounts.html", context)


@opens_to(*MANAGERS)
def open_account(request: HttpRequest) -> HttpResponse:
    """Opens an account for somebody from outside or a civilian member."""
    by, at = request.user, request.now  # type: ignore[attr-defined]
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            made = actions.open_account(**form.cleaned_data, by=by, at=at)
            notices.done(request, _("Opened. It needs a letter with a code before anybody can sign in."))
            return redirect("accounts:one_account", made.ref)
    context = {"form": form, "crumbs": [(_("Accounts"), "/accounts/"), (_("Open"), "")]}
    return render(request, "accounts/open_account.html", context, status=status_of(form))


@opens_to(*MANAGERS)
@never_cache
def one_account(request: HttpRequest, ref: str) -> HttpResponse:
    """One account, its letters and its appointments."""
    on = request.today  # type: ignore[attr-defined]
    return _page(request, queries.access_account(request.user, ref, on=on))


def _page(request: HttpRequest, thing: Any, status: int = 200, **forms: Any) -> HttpResponse:
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    letter = queries.open_letter(thing, at=at)
    context = {
        "thing": thing,
        "state": state_chip(queries.state_of(thing)),
        "letters": list(queries.letters_of(thing)),
        "letter": letter,
        "may_issue": bool(policy.issuing_offices(by, on=on)) and thing.is_active and thing.kind != "officer",  # type: ignore[arg-type]
        "may_hand_over": letter is not None
        and letter.state == "issued"
        and policy.may_issue(by, thing, letter.unit, on=on),  # type: ignore[arg-type]
        "may_manage": policy.manages_accounts(by, on=on) and by.pk != thing.pk,
        "issue_form": IssueLetterForm(on=on),
        "hand_over_form": HandOverForm(),
        "reason_form": ReasonForm(),
        "crumbs": [(_("Accounts"), "/accounts/"), (thing.full_name, "")],
        "appointments": queries.appointments_of(thing),
        **forms,
    }
    return render(request, "accounts/one_account.html", context, status=status)


@opens_to(Permission.ISSUE_ACTIVATION)
@require_POST
def issue_letter(request: HttpRequest, ref: str) -> HttpResponse:
    """Issues a letter; the answer is the only copy of the paper."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    thing = queries.access_account(by, ref, on=on)
    form = IssueLetterForm(request.POST, on=on)
    if form.is_valid():
        with rules_on(form):
            purpose = "reset" if thing.activated_at else "activation"
            issued = actions.issue_activation(user=thing, unit=form.cleaned_data["unit"], purpose=purpose, by=by, at=at)
            return paper(issued.pdf, issued.letter.number)
    return _page(request, thing, 422, issue_form=form)


def paper(pdf: bytes, number: str) -> HttpResponse:
    """The answer that carries a letter with a code: a file to print, which nothing on the way may keep."""
    response = HttpResponse(pdf, content_type="application/pdf")
    name = "".join(sign if sign.isalnum() else "-" for sign in number)
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@opens_to(Permission.ISSUE_ACTIVATION)
@require_POST
def hand_over(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """Puts on record that a letter was handed over against identity; its code works from now on."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    found = queries.access_letter(by, ref, letter, on=on)
    form = HandOverForm(request.POST)
    if form.is_valid():
        with rules_on(form):
            document = form.cleaned_data["identity_document"]
            actions.hand_over(letter=found, identity_document=document, by=by, at=at)
            notices.done(request, _("On record. The code works now."))
            return redirect("accounts:one_account", ref)
    return _page(request, found.user, 422, hand_over_form=form)


@opens_to(Permission.ISSUE_ACTIVATION)
@require_POST
def cancel_letter(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """Makes a letter worthless."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    found = queries.access_letter(by, ref, letter, on=on)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with rules_on(form):
            actions.cancel_letter(letter=found, by=by, at=at, reason=form.cleaned_data["reason"])
            notices.done(request, _("Cancelled. The code opens nothing."))
            return redirect("accounts:one_account", ref)
    return _page(request, found.user, 422, reason_form=form)


@opens_to(*MANAGERS)
@require_POST
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Closes an account."""
    return _with_reason(request, ref, actions.close_account, _("Closed. Its sessions have ended."))


@opens_to(*MANAGERS)
@require_POST
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    """Reopens an account; a letter is needed to sign in again."""
    return _with_reason(request, ref, actions.reopen_account, _("Reopened. A letter is needed to sign in again."))


def _with_reason(request: HttpRequest, ref: str, deed: Any, said: str) -> HttpResponse:
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    thing = queries.access_account(by, ref, on=on)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with rules_on(form):
            deed(user=thing, by=by, at=at, reason=form.cleaned_data["reason"])
            notices.done(request, said)
            return redirect("accounts:one_account", ref)
    return _page(request, thing, 422, reason_form=form)
