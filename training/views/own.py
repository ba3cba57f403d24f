"""An officer's own training, on a phone: courses to ask for, requests and where they stand, and the record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hcims.access.guards import opens_to_signed_in
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from personnel.queries import own_record_or_none
from personnel.queries.members import own_record
from training import cohort_words as words
from training.actions import nominations as actions
from training.finding_words import said
from training.forms.nominations import AskForm, WithdrawForm
from training.queries import own


@opens_to_signed_in
@require_GET
def mine(request: Any) -> HttpResponse:
    """My training: what I may ask for, what I asked for, and the record with its certificates."""
    officer = own_record_or_none(request.user)
    if officer is None:
        return render(request, "training/mine_nobody.html")
    page = own.mine(officer, on=request.today)
    context = {
        "names": [(each, words.NAMES[each.state], words.NAME_TONES[each.state]) for each in page.names],
        "offers": page.offers,
        "lapsing": own.renewals(officer, page.offers, on=request.today),
        "lines": [
            (each, words.TRAINEES.get(each.state, ""), words.TRAINEE_TONES.get(each.state, "off"))
            for each in page.lines
        ],
    }
    return render(request, "training/mine.html", context)


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def offer(request: Any, ref: str) -> HttpResponse:
    """A course I could ask for: its days, what it gives, each condition with what my record says, and the request."""
    officer = own_record(request.user)
    found = own.access_offer(officer, ref, on=request.today)
    standing = own.standing_name(officer, found)
    if standing is not None:
        return redirect("training:my_name", ref=standing.ref)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            asked = actions.ask(
                found, officer=officer, reason=form.cleaned_data["reason"], by=request.user, on=request.today, at=request.now
            )  # fmt: skip
            notices.done(request, _("Your request is with your commander. You see here how it goes on."))
            return redirect("training:my_name", ref=asked.ref)
    findings = own.findings_on(officer, found, on=request.today)
    context = {
        "cohort": found,
        "form": form,
        "findings": [said(each) for each in findings],
        "may_ask": found.state == "open" and all(each.holds is not False for each in findings),
        "takes_names": found.state == "open",
        "gives": own.given_by(found),
        "crumbs": [(_("My training"), reverse("training:mine"))],
    }
    return render(request, "training/offer.html", context, status=status_of(form))


@opens_to_signed_in
@require_GET
def my_name(request: Any, ref: str) -> HttpResponse:
    """One request of mine, or a name put forward for me: where it stands, why, and where to turn."""
    found = own.own_name(own_record(request.user), ref)
    context = {
        "name": found,
        "standing": own.standing_of(found, on=request.today),
        "state": words.NAMES[found.state],
        "tone": words.NAME_TONES[found.state],
        "source": words.SOURCES[found.source],
        "may_withdraw": found.state in ("asked", "proposed", "waiting", "accepted")
        and found.cohort.state in ("planned", "open", "called"),
        "crumbs": [(_("My training"), reverse("training:mine"))],
    }
    return render(request, "training/my_name.html", context)


@opens_to_signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, ref: str) -> HttpResponse:
    """I take my name back, and say why."""
    found = own.own_name(own_record(request.user), ref)
    return form_page(
        request, WithdrawForm(request.POST or None),
        lambda form: actions.withdraw(
            found, reason=form.cleaned_data["reason"], by=request.user, on=request.today, at=request.now
        ),
        title=_("Take my name back"), caption=found.cohort.version.course, submit=_("Take it back"), tone="bad",
        said=_("Taken back. You may ask again at any time."), back=reverse("training:mine"),
        template="training/withdraw_own.html",
    )  # fmt: skip
