"""The trail for auditors: search, one row, naming a reader, delays of disclosure."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.audit import actions, policies, queries
from hcims.audit.forms import DelayForm, NameReaderForm, NoteForm, SearchForm
from hcims.imports.exports import export_response
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of

PER_PAGE = 50
SEARCHED = "trail-searched"  # in the session: the search that was put on record last, as digests


@opens_to(Permission.SEE_AUDIT)
def events(request: HttpRequest) -> HttpResponseBase:
    """The trail, searched. Looking for a person is itself put on record; so is taking the list away."""
    by, on = request.user, request.today  # type: ignore[attr-defined]
    form = SearchForm(request.GET or None)
    search = queries.Search(**form.cleaned_data) if form.is_bound and form.is_valid() else queries.Search()
    found = queries.found_by(queries.visible_to(by, on=on), search)
    _note_search(request, search)
    wanted = request.GET.get("format")
    if wanted:
        return _export(request, found, search, wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(list(page.object_list)),
        "query": _query(request),
        "crumbs": [(_("Home"), "/"), (_("Audit"), "")],
    }
    return render(request, "audit/events.html", context, status=status_of(form))


def _note_search(request: HttpRequest, search: queries.Search) -> None:
    """Turning the pages of a search that is on record adds no row; a page number alone is no way around the record."""
    by, at = request.user, request.now  # type: ignore[attr-defined]
    wanted = [words for words in (search.person, search.target) if words]
    if request.GET.get("page") and request.session.get(SEARCHED) == actions.as_noted(wanted):
        return
    for words in wanted:
        actions.note_search(words=words, by=by, at=at)
    if wanted:
        request.session[SEARCHED] = actions.as_noted(wanted)


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("page", "format"):
        query.pop(name, None)
    return query.urlencode()


def _rows(found: list[Any]) -> list[tuple[Any, str]]:
    """Rows with the name of whoever did it; readers of files stay unnamed here."""
    names = queries.names_of(each.by_ref for each in found if each.event != "file-opened")
    return [(each, names.get(each.by_ref, "") if each.event != "file-opened" else "") for each in found]


def _export(request: HttpRequest, found: Any, search: queries.Search, wanted: str) -> HttpResponseBase:
    by, at = request.user, request.now  # type: ignore[attr-defined]
    columns = [
        _("Row"),
        _("At"),
        _("Deed"),
        _("About"),
        _("Reference"),
        _("Office"),
        _("Purpose"),
        _("Reason"),
        _("Paper"),
    ]
    rows = (
        (
            each.sequence,
            each.at,
            each.event,
            each.target_kind,
            each.target_ref,
            each.office,
            each.purpose,
            each.reason,
            each.source,
        )
        for each in found.iterator(chunk_size=2_000)
    )
    asked = ", ".join(
        f"{name}: {value}" for name, value in vars(search).items() if value and name not in ("person", "target")
    )
    return export_response(
        request, "audit-trail", columns, rows, format=wanted, by=by, at=at, scope=asked, permission=Permission.SEE_AUDIT
    )


@opens_to(Permission.SEE_AUDIT)
def event(request: HttpRequest, sequence: int) -> HttpResponse:
    """One row in full."""
    on = request.today  # type: ignore[attr-defined]
    return _page(request, queries.access_event(request.user, sequence, on=on))


def _page(request: HttpRequest, found: Any, status: int = 200, **forms: Any) -> HttpResponse:
    by: Any = request.user
    is_reading = found.event == "file-opened"
    named = not is_reading or queries.is_named(found, by.ref)
    context = {
        "event": found,
        "details": queries.details_of(found),
        "is_reading": is_reading,
        "named": named,
        "name": queries.names_of([found.by_ref]).get(found.by_ref, "") if named else "",
        "is_sound": found.computed_hash() == found.hash,
        "may_delay": is_reading and found.purpose == "investigation",
        "name_form": NameReaderForm(),
        "delay_form": DelayForm(prefix="delay"),
        "crumbs": [(_("Audit"), "/audit/"), (_("Row %(number)s") % {"number": found.sequence}, "")],
        **forms,
    }
    return render(request, "audit/event.html", context, status=status)


@opens_to(Permission.SEE_AUDIT)
@require_POST
def name_reader(request: HttpRequest, sequence: int) -> HttpResponse:
    """Shows who opened a file, after that deed and its reason are on record."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    found = queries.access_event(by, sequence, on=on)
    form = NameReaderForm(request.POST)
    if form.is_valid():
        actions.name_reader(event=found, reason=form.cleaned_data["reason"], by=by, at=at)
        return redirect("audit:event", sequence)
    return _page(request, found, 422, name_form=form)


@opens_to(Permission.DELAY_DISCLOSURE)
@require_POST
def ask_delay(request: HttpRequest, sequence: int) -> HttpResponse:
    """Asks that openings by a lawful investigation are told later."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    found = queries.access_event(by, sequence, on=on)
    form = DelayForm(request.POST, prefix="delay")
    if form.is_valid():
        with rules_on(form):
            actions.ask_delay(event=found, **form.cleaned_data, by=by, at=at)
            notices.done(request, _("Asked for. Another auditor decides."))
            return redirect("audit:delays")
    return _page(request, found, 422, delay_form=form)


@opens_to(Permission.DELAY_DISCLOSURE)
def delays(request: HttpRequest) -> HttpResponse:
    """Delays of disclosure: asked for, in force, over."""
    by, on = request.user, request.today  # type: ignore[attr-defined]
    page = Paginator(queries.delays_visible_to(by, on=on), PER_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of(ref for each in page.object_list for ref in (each.asked_by_ref, each.approved_by_ref))
    rows = [
        {
            "delay": each,
            "asked_by": names.get(each.asked_by_ref, ""),
            "approved_by": names.get(each.approved_by_ref, ""),
            "may_decide": policies.may_decide(by, each, on=on),
            "is_holding": queries.is_holding(each, on=on),
        }
        for each in page.object_list
    ]
    context = {"rows": rows, "page": page, "crumbs": [(_("Audit"), "/audit/"), (_("Delays of disclosure"), "")]}
    return render(request, "audit/delays.html", context)


@opens_to(Permission.DELAY_DISCLOSURE)
@require_POST
def decide_delay(request: HttpRequest, ref: str) -> HttpResponse:
    """Approves, refuses or ends a delay."""
    by, on, at = request.user, request.today, request.now  # type: ignore[attr-defined]
    delay = queries.access_delay(by, ref, on=on)
    if request.POST.get("deed") == "approve":
        actions.approve_delay(delay=delay, by=by, at=at)
        notices.done(request, _("The delay is in force."))
        return redirect("audit:delays")
    form = NoteForm(request.POST)
    if not form.is_valid():
        notices.refuse(request, _("Say why in a sentence."))
    elif request.POST.get("deed") == "end":
        actions.end_delay(delay=delay, note=form.cleaned_data["note"], by=by, at=at)
        notices.done(request, _("Ended. The officer can read it now."))
    else:
        actions.refuse_delay(delay=delay, note=form.cleaned_data["note"], by=by, at=at)
        notices.done(request, _("Refused."))
    return redirect("audit:delays")
