"""A commander's pages: requests to answer, courses that take names, names to put forward, and where they stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET, require_http_methods

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from hcims.ui.parts import Tab
from hcims.ui.tables import listed
from training.actions import nominations as actions
from training.finding_words import said
from training.forms.nominations import AnswerForm, NominateForm, OnPaperForm, WithdrawForm
from training.policies.nominations import NO_SIGNER
from training.queries import nominations as queries
from training.queries import own
from training.tables.nominations import PutForwardTable

# Who commands here and works for HR there enters names in both ways.
WAYS = {
    P.NOMINATE_TRAINEES: (_l("As commander"), _l("You put officers forward whom you command.")),
    P.NOMINATE_ON_PAPER: (
        _l("From a paper"),
        _l("You enter what a commander signed, for officers of the area for which you work at HR."),
    ),
}


def _stamp(request: Any) -> dict[str, Any]:
    return {"by": request.user, "on": request.today, "at": request.now}


@opens_to(P.NOMINATE_TRAINEES, P.NOMINATE_ON_PAPER)
@require_GET
def nominations(request: Any) -> HttpResponse:
    """Requests that wait for an answer, courses that take names, and where the names of the area stand."""
    rights = queries.rights_of(request.user, on=request.today)
    commands = P.NOMINATE_TRAINEES in rights
    context = {
        "waiting": [
            (each, (request.today - timezone.localdate(each.put_at)).days)
            for each in queries.requests_waiting(request.user, on=request.today)
        ],
        "open": queries.open_to_commander(request.user, rights, on=request.today),
        "commands": commands,
        "enters_papers": P.NOMINATE_ON_PAPER in rights,
        "table": listed(
            request,
            PutForwardTable(queries.put_forward(request.user, on=request.today), commands=commands),
            per_page=20,
        ),
    }
    return render(request, "training/nominations.html", context)


@opens_to(P.NOMINATE_TRAINEES, P.NOMINATE_ON_PAPER)
@require_http_methods(["GET", "POST"])
def nominate(request: Any, ref: str) -> HttpResponse:
    """Officers who may be put forward, those who may not and why; several at once; by HR from the commander's paper."""
    found, rights = queries.access_open(request.user, ref, on=request.today)
    right = _chosen_way(request, rights)
    form = (OnPaperForm if right == P.NOMINATE_ON_PAPER else NominateForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data.pop("numbers").replace(",", "\n").split()
        numbers = [*request.POST.getlist("refs"), *typed]
        officers, unknown = queries.chosen(request.user, numbers, right, on=request.today)
        if not officers and not unknown:
            form.add_error(None, _("Tick at least one officer, or type a service number."))
        elif unknown:
            words = ", ".join(unknown)
            form.add_error("numbers", _("Nobody of your area has the number %(numbers)s.") % {"numbers": words})
        elif _is_signed(request, form, officers):
            with rules_on(form):
                outcome = actions.nominate(found, officers=officers, **form.cleaned_data, **_stamp(request))
                return _told(request, outcome)
    words = request.GET.get("q", "").strip()
    context = {
        "cohort": found,
        "form": form,
        "words": words,
        "gives": own.given_by(found),
        "found": queries.candidates(request.user, found, right, words=words, on=request.today),
        "ways": [Tab(WAYS[each][0], f"?way={each}", each == right) for each in rights],
        "way": right,
        "way_words": WAYS[right][1],
        "ticked": set(request.POST.getlist("refs")),
        "crumbs": [(_("Nominations"), reverse("training:nominations"))],
    }
    return render(request, "training/nominate.html", context, status=status_of(form))


def _chosen_way(request: Any, rights: list[P]) -> P:
    """By which right names are entered on this page: as the reader asks, else as the commander."""
    return next((each for each in rights if each == request.GET.get("way")), rights[0])


def _is_signed(request: Any, form: Any, officers: list[Any]) -> bool:
    """Puts the account of whoever signed in the place of the number; false, with one error, where it is no commander's."""
    if "signed_by" not in form.cleaned_data:
        return True
    form.cleaned_data["signed_by"] = found = queries.signer(form.cleaned_data["signed_by"], officers, on=request.today)
    if found is None:
        form.add_error("signed_by", NO_SIGNER)
    return found is not None


def _told(request: Any, outcome: actions.Outcome) -> HttpResponse:
    for left, why in outcome.skipped[:10]:
        notices.warn(request, f"{left}: {why}")
    count = len(outcome.done)
    if count:
        said_ = ngettext("%(n)s officer put forward.", "%(n)s officers put forward.", count)
        notices.done(request, said_ % {"n": count})
        return redirect("training:nominations")
    notices.refuse(request, _("Nobody was put forward."))
    return redirect(request.get_full_path())  # the same way in


@opens_to(P.NOMINATE_TRAINEES)
@require_http_methods(["GET", "POST"])
def answer(request: Any, ref: str) -> HttpResponse:
    """An officer's request: forwarded, or refused with a reason that the officer reads."""
    found = queries.access_request(request.user, ref, on=request.today)
    form = AnswerForm(request.POST or None, language=get_language() or "en")
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            data = form.cleaned_data
            actions.answer_request(
                found, forwards=form.forwards, code=data["code"], words=data["words"], **_stamp(request)
            )
            notices.done(
                request, _("Forwarded; the institution answers next.") if form.forwards
                else _("Refused; the officer was told why and where to turn."),
            )  # fmt: skip
            return redirect("training:nominations")
    context = {
        "asked": found,
        "form": form,
        "may_answer": found.state == "asked",
        "standing": own.standing_of(found, on=request.today),
        "findings": [said(each) for each in own.findings_on(found.officer, found.cohort, on=request.today)],
        "back": reverse("training:nominations"),
        "crumbs": [(_("Nominations"), reverse("training:nominations"))],
    }
    return render(request, "training/answer.html", context, status=status_of(form))


@opens_to(P.NOMINATE_TRAINEES)
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, ref: str) -> HttpResponse:
    """A commander takes a name back, with the reason on record."""
    found = queries.access_request(request.user, ref, on=request.today)
    return form_page(
        request, WithdrawForm(request.POST or None),
        lambda form: actions.withdraw(found, reason=form.cleaned_data["reason"], **_stamp(request)),
        title=_("Take a name back"), caption=found.officer, submit=_("Take it back"), tone="bad",
        said=_("Taken back; the officer was told."), back=reverse("training:nominations"),
    )  # fmt: skip
