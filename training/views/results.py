"""The first day in one list, results in one table, certificates, and one trainee with what may be corrected."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.letters.queries import pdf_of
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from training import cohort_words as words
from training.actions import calls
from training.actions import certificates as certifying
from training.actions import results as actions
from training.forms.cohorts import WhyForm
from training.forms.results import CorrectionForm, ResultsForm
from training.queries import cohort_page, trainee_page
from training.queries import cohorts as queries
from training.views.cohorts import fetched


def _stamp(request: Any) -> dict[str, Any]:
    return {"by": request.user, "on": request.today, "at": request.now}


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def first_day(request: Any, ref: str) -> HttpResponse:
    """Who came, in one list: everybody is ticked, and whoever is not there is unticked."""
    found = fetched(request, ref)
    trainees = [each for each in cohort_page.trainees_of(found, on=request.today) if each.state == "called"]
    if request.method == "POST":
        ticked = set(request.POST.getlist("refs"))
        came = [each for each in trainees if each.ref in ticked]
        joined, absent = calls.record_first_day(found, came=came, **_stamp(request))
        said = _("%(joined)s joined, %(absent)s did not come.") % {"joined": len(joined), "absent": len(absent)}
        notices.done(request, said)
        return redirect("training:cohort", ref=ref)
    context = {"cohort": found, "trainees": trainees, "back": reverse("training:cohort", args=[ref])}
    return render(request, "training/first_day.html", context)


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def results(request: Any, ref: str) -> HttpResponse:
    """Marks or results of everybody on the course, with the attendance beside the rule."""
    found = fetched(request, ref)
    waiting = [each for each in cohort_page.trainees_of(found, on=request.today) if each.state == "joined"]
    has_mark = found.version.pass_mark is not None
    form = ResultsForm(request.POST or None, trainees=waiting, has_mark=has_mark)
    if request.method == "POST" and form.is_valid():
        if not form.lines:
            form.add_error(None, _("Fill in at least one result."))
        else:
            with rules_on(form):
                paper = form.cleaned_data["paper"]
                outcome = actions.enter_results(found, lines=form.lines, paper=paper, **_stamp(request))
                for left, why in outcome.skipped[:10]:
                    notices.warn(request, f"{left.officer}: {why}")
                count = len(outcome.done)
                if count:
                    said = ngettext("%(n)s result entered.", "%(n)s results entered.", count)
                    notices.done(request, said % {"n": count})
                return redirect("training:cohort", ref=ref)
    context = {
        "cohort": found, "form": form, "has_mark": has_mark, "page": cohort_page.needed_of(found, on=request.today),
        "back": reverse("training:cohort", args=[ref]),
    }  # fmt: skip
    return render(request, "training/results.html", context, status=status_of(form))


@opens_to(P.RUN_TRAINING)
@require_POST
def certificates(request: Any, ref: str) -> HttpResponse:
    """Prints the certificates of those who passed and have none."""
    issued = certifying.issue_certificates(fetched(request, ref), **_stamp(request))
    count = len(issued.certificates)
    if count:
        said = ngettext("%(n)s certificate issued.", "%(n)s certificates issued.", count) % {"n": count}
        notices.done(request, said)
    else:
        notices.refuse(request, _("No certificate was issued: those left are your own, or nobody passed."))
    if issued.left:
        notices.warn(request, _("%(n)s still wait; issue the next ones in the same way.") % {"n": issued.left})
    return redirect("training:cohort", ref=ref)


@opens_to(P.RUN_TRAINING)
@require_GET
def certificate_file(request: Any, ref: str) -> HttpResponse:
    """The certificate as it was printed."""
    found = queries.access_certificate(request.user, ref, on=request.today)
    response = HttpResponse(pdf_of(found.letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.ref}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@opens_to(P.RUN_TRAINING)
@require_GET
def trainee(request: Any, ref: str) -> HttpResponse:
    """One trainee: how he or she came to the course, what happened, and what may be put right."""
    found = queries.access_enrolment(request.user, ref, on=request.today)
    context = {
        "trainee": found,
        "page": trainee_page.page_of(request.user, found, on=request.today),
        "state": words.TRAINEES[found.state],
        "tone": words.TRAINEE_TONES[found.state],
        "crumbs": [
            (_("Cohorts"), reverse("training:cohorts")),
            (found.cohort.title, reverse("training:cohort", args=[found.cohort.ref])),
        ],
    }
    return render(request, "training/trainee.html", context)


@opens_to(P.RUN_TRAINING)
@require_POST
def joined(request: Any, ref: str) -> HttpResponse:
    """Somebody comes late, or comes back."""
    found = queries.access_enrolment(request.user, ref, on=request.today)
    calls.record_joined(found, **_stamp(request))
    notices.done(request, _("On the course now."))
    return redirect("training:trainee", ref=ref)


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def left(request: Any, ref: str) -> HttpResponse:
    """Somebody leaves before the end."""
    found = queries.access_enrolment(request.user, ref, on=request.today)
    return form_page(
        request, WhyForm(request.POST or None),
        lambda form: calls.record_left(found, reason=form.cleaned_data["reason"], **_stamp(request)),
        title=_("Leaves the course"), caption=found.officer, submit=_("Record it"), tone="bad",
        said=_("Recorded."), back=reverse("training:trainee", args=[ref]),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def correct(request: Any, ref: str) -> HttpResponse:
    """Puts another result in place of a wrong one, with its paper."""
    found = queries.access_enrolment(request.user, ref, on=request.today)
    form = CorrectionForm(request.POST or None, has_mark=found.cohort.version.pass_mark is not None)
    return form_page(
        request, form,
        lambda form: actions.correct_result(
            found, paper=form.cleaned_data["paper"], note=form.cleaned_data["note"], **form.result, **_stamp(request)
        ),
        title=_("Correct a result"), caption=found.officer, submit=_("Correct it"),
        lead=_("A pass that falls takes its certificate, and what rested on it in the record, with it."),
        said=_("Corrected; the record follows, and the officer was told."), back=reverse("training:trainee", args=[ref]),
    )  # fmt: skip


@opens_to(P.RUN_TRAINING)
@require_http_methods(["GET", "POST"])
def withdraw_certificate(request: Any, ref: str) -> HttpResponse:
    """Withdraws a certificate; whoever checks it is told so."""
    found = queries.access_certificate(request.user, ref, on=request.today)
    return form_page(
        request, WhyForm(request.POST or None),
        lambda form: certifying.withdraw_certificate(found, reason=form.cleaned_data["reason"], **_stamp(request)),
        title=_("Withdraw a certificate"), caption=found.letter.number, submit=_("Withdraw it"), tone="bad",
        lead=_("Whoever checks it is told that it was withdrawn. The result itself stands."),
        said=_("Withdrawn."), back=reverse("training:trainee", args=[found.enrolment.ref]),
    )  # fmt: skip
