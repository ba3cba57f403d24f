"""Skills that wait to be checked."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from hcims.ui.tables import listed
from personnel import actions, policies
from personnel.forms.entries import CheckForm
from personnel.queries import access_skill_held, skills_to_check
from personnel.tables import ClaimTable
from personnel.views.files import kept_file


@opens_to(Permission.VERIFY_SKILLS)
def to_check(request: HttpRequest) -> HttpResponse:
    """Claims with their evidence, the oldest first."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    table = ClaimTable(skills_to_check(user, on=on), at=request.now)  # type: ignore[attr-defined]
    context = {
        "table": listed(request, table),
        "print_scope": user.office(on=on, permission=Permission.VERIFY_SKILLS),
    }
    return render(request, "personnel/skills_to_check.html", context)


@opens_to(Permission.VERIFY_SKILLS)
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """One claim: the evidence beside it, and the answer."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    held = access_skill_held(user, ref, on=on, permission=Permission.VERIFY_SKILLS)
    policies.check_not_self(user, held.officer)
    form = CheckForm(request.POST or None, officer=held.officer, on=on)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            answer = actions.verify_skill if form.cleaned_data["outcome"] == "verified" else actions.refuse_skill
            answer(held=held, note=form.cleaned_data["note"], by=user, at=request.now)  # type: ignore[attr-defined]
            notices.done(request, _("The claim is answered."))
            return redirect("personnel:skills_to_check")
    age = (request.now - held.submitted_at).days if held.submitted_at else None  # type: ignore[attr-defined]
    context = {"held": held, "form": form, "age": age}
    return render(request, "personnel/check_skill.html", context, status=status_of(form))


@opens_to_signed_in
def evidence(request: HttpRequest, ref: str) -> FileResponse:
    """The certificate sent with a claim: for who checks it, and for the officer."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    held = access_skill_held(user, ref, on=on, permission=Permission.VERIFY_SKILLS, own=True)
    if not held.evidence:
        raise NotFound(f"{ref} evidence")
    return kept_file(held.evidence)
