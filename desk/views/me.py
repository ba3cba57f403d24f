"""One's own record: in plain words, what is wrong, what was asked and answered, who opened it, and taking it away."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deployment.queries.tenure import duration
from desk import own_record
from desk.queries import officer_file as read
from desk.queries import openings
from desk.timeline import service_history
from hcims.access.guards import opens_to_signed_in
from hcims.errors import NotFound
from hcims.letters.actions import issue
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from personnel import actions
from personnel.forms.requests import BackgroundForm, ClaimForm, CorrectionForm, section_label
from personnel.queries import background_of, corrections_of, own_record_or_none
from personnel.queries.entries import cases_of, commendations_of
from training.queries import waits

NEWEST = 5


def of_own_record(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: gives the view the reader's own record; people from outside, who have none, are told so."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        officer = own_record_or_none(request.user)
        return view(request, officer, *args, **kwargs) if officer else render(request, "desk/me_none.html")

    return run


@opens_to_signed_in
@of_own_record
def me(request: HttpRequest, officer: Any) -> HttpResponse:
    """My record."""
    on = request.today  # type: ignore[attr-defined]
    postings, ranks = list(read.postings_of(officer)), list(read.ranks_of(officer))
    now = read.present(officer, postings, ranks, on=on)
    context = {
        "officer": officer,
        "now": now,
        "tenure": duration(now.months) if now.months is not None else "",
        "history": service_history(officer, ranks, postings),
        "requests": [(each, section_label(each.section)) for each in corrections_of(officer)[:NEWEST]],
        "readers": openings.of(officer, at=request.now)[:NEWEST],  # type: ignore[attr-defined]
        "background": background_of(officer),
        "cases": cases_of(officer),
        "commendations": commendations_of(officer),
        "lapsing": waits.own_lapsing(officer, on=on),
        "on": on,
        **read.learning_of(officer),
        **read.family_of(officer),
    }
    return render(request, "desk/me.html", context)


def _form(request: HttpRequest, form: Any, done: Any, **page: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            done()
            notices.done(request, page["said"])
            return redirect("desk:me")
    page |= {"form": form, "multipart": form.is_multipart()}
    return render(request, "desk/me_form.html", page, status=status_of(form))


@opens_to_signed_in
@of_own_record
def correction(request: HttpRequest, officer: Any) -> HttpResponse:
    """Something on my record is wrong."""
    chosen = {"section": request.GET.get("about", "")}
    form = CorrectionForm(
        request.POST or None, request.FILES or None, officer=officer, on=request.today, initial=chosen
    )  # type: ignore[attr-defined]
    return _form(
        request,
        form,
        lambda: actions.ask_correction(officer=officer, **form.cleaned_data, by=request.user, at=request.now),  # type: ignore[attr-defined]
        title=_("Something is wrong"),
        lead=_("HR answers in writing. Until then the record stays as it is."),
        submit=_("Ask for a correction"),
        said=_("Your request is with HR. You see the answer here."),
    )


@opens_to_signed_in
@of_own_record
def skill(request: HttpRequest, officer: Any) -> HttpResponse:
    """I can do something that is not on my record, and here is the certificate."""
    form = ClaimForm(request.POST or None, request.FILES or None, officer=officer, on=request.today)  # type: ignore[attr-defined]
    return _form(
        request,
        form,
        lambda: actions.submit_skill(officer=officer, **form.cleaned_data, by=request.user, at=request.now),  # type: ignore[attr-defined]
        title=_("Send a skill"),
        lead=_("It shows as not yet checked until somebody has looked at the certificate."),
        submit=_("Send it"),
        said=_("Your skill is sent and waits to be checked."),
    )


@opens_to_signed_in
@of_own_record
def background(request: HttpRequest, officer: Any) -> HttpResponse:
    """What I say, if I wish, for Parliament's report; and taking it back."""
    said = background_of(officer)
    kept = said is not None and said.consented_on is not None
    initial = {
        "ethnicity": said.ethnicity if kept else "",
        "has_disability": {True: "yes", False: "no"}.get(said.has_disability, "") if kept else "",
        "consents": kept,
    }
    form = BackgroundForm(request.POST or None, initial=initial)
    return _form(
        request,
        form,
        lambda: actions.say_background(officer=officer, **form.cleaned_data, by=request.user, at=request.now),  # type: ignore[attr-defined]
        title=_("Ethnicity and disability"),
        lead=_(
            "Only you see and change this. It is on no list and no file; it is counted, without names, in the yearly "
            "report that the Constitution asks for. You may take it back at any time: untick the box."
        ),
        submit=_("Keep this"),
        said=_("Kept as you said."),
    )


@opens_to_signed_in
@of_own_record
def readers(request: HttpRequest, officer: Any) -> HttpResponse:
    """Who opened my file: office, time and purpose."""
    found = openings.of(officer, at=request.now)  # type: ignore[attr-defined]
    return render(request, "desk/me_readers.html", {"readers": found})


@opens_to_signed_in
@require_POST
def download(request: HttpRequest, format: str) -> HttpResponse:
    """My record, to take away: for a machine (JSON) or for paper (PDF, numbered and checkable)."""
    if format not in ("json", "pdf"):
        raise NotFound(format)
    officer, at = own_record_or_none(request.user), request.now  # type: ignore[attr-defined]
    if officer is None:
        return render(request, "desk/me_none.html", status=404)
    record = own_record.record_of(officer, at=at)
    name = f"record-{officer.service_number}.{format}"
    if format == "json":
        response: HttpResponse = JsonResponse(
            own_record.for_machine(record),
            encoder=DjangoJSONEncoder,
            json_dumps_params={"indent": 2, "ensure_ascii": False},
        )
    else:
        draft = own_record.letter(officer, record, language=(get_language() or "en")[:2])
        issued = issue("own-record", draft, by=request.user, at=at)
        response = HttpResponse(issued.pdf, content_type="application/pdf")
    actions.note_own_record_taken(officer=officer, format=format, by=request.user, at=at)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
