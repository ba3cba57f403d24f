"""Help lines and consent words at the desk: the wellbeing lead keeps what every officer reads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from counselling.actions import help as actions
from counselling.forms.help import LineForm, TriedForm, WordsForm
from counselling.queries import help as queries
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import Refusal
from hcims.ui import notices
from hcims.ui.form_pages import form_page

LEADS = opens_to(Permission.LEAD_WELLBEING)
FIELDS = ("kind", "name_en", "name_sw", "number", "is_24h", "hours_en", "hours_sw", "order", "source")


@LEADS
def lines(request: HttpRequest) -> HttpResponse:
    """The numbers on the page of danger, and when each was last tried."""
    found = queries.lines_on(request.today)  # type: ignore[attr-defined]
    return render(request, "counselling/lines.html", {"lines": found, "may_change": _leads_all(request)})


@LEADS
def add_line(request: HttpRequest) -> HttpResponse:
    """Puts a number on the page of danger."""
    return _line_page(request, LineForm(request.POST or None), None)


@LEADS
def change_line(request: HttpRequest, ref: str) -> HttpResponse:
    """Replaces a number from today on; the old one stays on record as ended."""
    line = queries.access_line(ref)
    return _line_page(
        request, LineForm(request.POST or None, initial={name: getattr(line, name) for name in FIELDS}), line
    )


def _line_page(request: HttpRequest, form: Any, line: Any) -> HttpResponse:
    by, at = request.user, request.now  # type: ignore[attr-defined]
    return form_page(
        request, form, lambda form: actions.enter_line(fields=form.cleaned_data, by=by, at=at, replaces=line),
        title=_("Change the help line") if line else _("Add a help line"), submit=_("Publish"),
        back=reverse("counselling:lines"), said=_("The page of danger shows it now."), caption=line.name if line else "",
        lead=_("Every officer reads it without signing in. Try the number before you publish it."),
    )  # fmt: skip


@LEADS
def tried(request: HttpRequest, ref: str) -> HttpResponse:
    """Records that somebody called the number."""
    line = queries.access_line(ref)
    form = TriedForm(request.POST or None, initial={"tried_on": request.today})  # type: ignore[attr-defined]
    return form_page(
        request, form,
        lambda form: actions.record_try(line=line, **form.cleaned_data, by=request.user, at=request.now),  # type: ignore[attr-defined]
        title=_("The number was tried"), submit=_("Record"), back=reverse("counselling:lines"), caption=line.name,
        said=_("Recorded; the page of danger says so."), lead=line.number,
    )  # fmt: skip


@LEADS
@require_POST
def end_line(request: HttpRequest, ref: str) -> HttpResponse:
    """Takes a number off the page of danger."""
    try:
        actions.end_line(line=queries.access_line(ref), by=request.user, at=request.now)  # type: ignore[attr-defined]
        notices.done(request, _("The number is off the page of danger."))
    except Refusal as refusal:
        notices.refuse(request, refusal.message)
    return redirect("counselling:lines")


@LEADS
def all_words(request: HttpRequest) -> HttpResponse:
    """The words in force, and every version before."""
    context = {"all_words": queries.all_words(), "may_change": _leads_all(request)}
    return render(request, "counselling/all_words.html", context)


@LEADS
def new_words(request: HttpRequest) -> HttpResponse:
    """Publishes a new version of the words; begins with those in force."""
    purpose = "counselling" if request.GET.get("purpose") == "counselling" else "peer"
    now = queries.words_for(purpose, on=request.today)  # type: ignore[attr-defined]
    first = {"purpose": purpose, "body_en": now.body_en, "body_sw": now.body_sw} if now else {"purpose": purpose}
    return form_page(
        request, WordsForm(request.POST or None, initial=first),
        lambda form: actions.publish_words(**form.cleaned_data, by=request.user, at=request.now),  # type: ignore[attr-defined]
        title=_("New version of the words"), submit=_("Publish"), back=reverse("counselling:all_words"),
        said=_("The new words are in force from today."),
        lead=_("One paragraph a line, the same in both languages. The version before stays on record."),
    )  # fmt: skip


def _leads_all(request: HttpRequest) -> bool:
    scope = request.user.scope(Permission.LEAD_WELLBEING, on=request.today)  # type: ignore[union-attr,attr-defined]
    return bool(scope.everywhere)
