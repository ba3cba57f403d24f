"""A cohort's askings: drawing slips, and what was said, once it may be shown. Surveys."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import Refusal
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from training import said
from training.actions import answers as actions
from training.forms.answers import DrawForm, SurveyForm
from training.queries import answers as queries
from training.queries import surveys as survey_queries

SEES = opens_to(P.SEE_TRAINING)
DRAFTS = opens_to(P.DRAFT_CURRICULA, P.APPROVE_CURRICULA)


@SEES
def cohort_answers(request: Any, ref: str) -> HttpResponse:
    """What a cohort was asked, and what it said. POST draws slips: the answer is the sheet, printed once."""
    cohort = queries.access_cohort(request.user, ref, today=request.today)
    askings = queries.asked_of(cohort)
    left = said.left_to_ask(askings)
    may_ask = bool(left) and request.user.can(P.RUN_TRAINING, at=cohort.unit, on=request.today)
    form = DrawForm(request.POST or None, left=left) if may_ask else None
    if request.method == "POST" and form is not None and form.is_valid():
        with rules_on(form):
            chosen = form.cleaned_data
            pdf = actions.draw_slips(cohort=cohort, **chosen, by=request.user, on=request.today, at=request.now)
            response = HttpResponse(pdf, content_type="application/pdf")
            response["Content-Disposition"] = f'attachment; filename="slips-{chosen["asked"]}.pdf"'
            response["Cache-Control"] = "no-store"
            return response
    page = {
        "cohort": cohort, "askings": said.askings(askings, cohort, on=request.today), "form": form,
        "trainees": queries.trainees(cohort),
        "compared": said.compared(askings, on=request.today), "least": said.least(request.today),
        "print_title": _("What the cohort said"), "print_scope": f"{cohort.version.course}, {cohort.title}, {cohort.unit}",
        "crumbs": [(_("Training"), reverse("training:home")), (cohort.title, ""), (_("What the cohort said"), "")],
    }  # fmt: skip
    return render(request, "training/cohort_answers.html", page, status=status_of(form))


@DRAFTS
def surveys(request: Any) -> HttpResponse:
    """Surveys asked before and after cohorts, by programme."""
    page = {
        "surveys": survey_queries.listed(),
        "may_draft": request.user.can(P.DRAFT_CURRICULA, on=request.today),
        "crumbs": [(_("Training"), reverse("training:home")), (_("Surveys"), "")],
    }
    return render(request, "training/surveys.html", page)


@opens_to(P.DRAFT_CURRICULA)
def new_survey(request: Any) -> HttpResponse:
    """Draft the next survey of a programme; `?like=` begins with the questions of another."""
    like = request.GET.get("like", "")
    known = survey_queries.access(like) if like else None
    kept = [(each.text_en, each.text_sw) for each in known.questions.all()] if known else None
    initial = (
        {
            "programme": known.programme_id,
            "title_en": known.title_en,
            "title_sw": known.title_sw,
            "source": known.source,
        }
        if known
        else {}
    )
    form = SurveyForm(request.POST or None, kept=kept, initial=initial)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            made = actions.draft_survey(**form.cleaned_data, by=request.user, on=request.today, at=request.now)
            return redirect("training:survey", made.ref)
    page = {
        "form": form,
        "title": _("Draft a survey"),
        "back": reverse("training:surveys"),
        "crumbs": _survey_crumbs(_("Draft a survey")),
    }
    return render(request, "training/survey_form.html", page, status=status_of(form))


def _survey_crumbs(last: Any) -> list[tuple[Any, str]]:
    return [(_("Training"), reverse("training:home")), (_("Surveys"), reverse("training:surveys")), (last, "")]


@DRAFTS
def survey(request: Any, ref: str) -> HttpResponse:
    """One survey: its statements, who drafted and who approved it."""
    found = survey_queries.access(ref)
    user, on = request.user, request.today
    page = {
        "survey": found, "questions": found.questions.all(), "crumbs": _survey_crumbs(str(found)),
        "may_draft": user.can(P.DRAFT_CURRICULA, on=on),
        "may_approve": user.can(P.APPROVE_CURRICULA, on=on) and found.drafted_by_id != user.pk,
    }  # fmt: skip
    return render(request, "training/survey.html", page)


@opens_to(P.DRAFT_CURRICULA)
def change_survey(request: Any, ref: str) -> HttpResponse:
    """Change a draft."""
    found = survey_queries.access(ref)
    kept = [(each.text_en, each.text_sw) for each in found.questions.all()]
    fields = ("title_en", "title_sw", "source")
    initial = {"programme": found.programme_id, **{name: getattr(found, name) for name in fields}}
    form = SurveyForm(request.POST or None, kept=kept, initial=initial)
    del form.fields["programme"]
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            actions.change_survey(survey=found, **form.cleaned_data, by=request.user, on=request.today, at=request.now)
            return redirect("training:survey", ref)
    page = {
        "form": form,
        "title": _("Change the draft"),
        "back": reverse("training:survey", args=[ref]),
        "crumbs": _survey_crumbs(str(found)),
    }
    return render(request, "training/survey_form.html", page, status=status_of(form))


STEPS = {"submit": actions.submit_survey, "return": actions.return_survey, "approve": actions.approve_survey}


@DRAFTS
@require_POST
def survey_step(request: HttpRequest, ref: str) -> HttpResponse:
    """Submit, send back or approve: `step` says which."""
    found = survey_queries.access(ref)
    step = STEPS.get(request.POST.get("step", ""))
    if step is not None:
        try:
            step(survey=found, by=request.user, on=request.today, at=request.now)  # type: ignore[attr-defined, arg-type]
            notices.done(request, _("Done."))
        except Refusal as refusal:
            notices.refuse(request, refusal.message)
    return redirect("training:survey", ref)
