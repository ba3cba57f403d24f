"""An officer's sign-in letter, from the officer's file: the account is opened and tied to the record with the first one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.policies.letters import may_enrol, may_issue
from accounts.views.accounts import paper
from desk import actions
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from personnel.queries import access_officer


@opens_to(Permission.ISSUE_ACTIVATION)
@never_cache
def activation(request: HttpRequest, number: str) -> HttpResponse:
    """Says where the officer's account stands; a POST answers with the letter, of which there is no other copy."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    officer = access_officer(by, number, Permission.ISSUE_ACTIVATION, on=on)
    if request.method == "POST":
        issued = actions.issue_sign_in_letter(officer=officer, by=by, at=at)
        return paper(issued.pdf, issued.letter.number)
    account, unit = officer.user, officer.unit
    context = {
        "officer": officer,
        "may_issue": may_issue(by, account, unit, on=on) if account else may_enrol(by, unit, on=on),  # type: ignore[arg-type]
        "crumbs": [(_("Officers"), "/officers/"), (str(officer), f"/officers/{number}/"), (_("Sign-in letter"), "")],
    }
    return render(request, "desk/activation.html", context)
