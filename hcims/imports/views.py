"""Pages of imports: upload, answer, look, confirm, undo. Which lists there are, `IMPORT_KINDS` says.

The same pages stand under two addresses, `/imports/` and `/payroll/`: who may open them, `urls.py` says for each.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.permissions import Permission as P
from hcims.imports import actions, exports, policies, preview, queries, rejects, template
from hcims.imports.forms import QuestionsForm, ReadingForm, SendBackForm, UploadForm
from hcims.imports.kinds import all_kinds, kind_of
from hcims.imports.prescan import prescan
from hcims.jobs.queries import shown
from hcims.ui import notices, parts
from hcims.ui.forms import rules_on, status_of

if TYPE_CHECKING:
    from hcims.imports.models import ImportBatch

PER_PAGE = 50
NAMED_ONLY = ("unchanged", "missing", "posted-only", "remove", "void", "touched")  # tabs that say who and no more
PERMISSIONS = {
    "imports": P.IMPORT_ROLL,
    "payroll": P.COMPARE_PAYROLL,
    "sheets": P.RUN_TRAINING,
}  # by the root of the address


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """The kinds of list, and what became of those uploaded."""
    found = queries.visible_to(request.user, on=request.today, permission=_permission(request))
    shows = _shows(request)
    show = request.GET.get("show", "")
    if show in shows:
        found = found.filter(pk__in=shows[show].values("pk"))
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    kinds = queries.kinds_of(request.user, on=request.today, permission=_permission(request))
    titles = {kind.code: kind.title for kind in kinds}
    rows = [(batch, titles.get(batch.kind, batch.kind), _tone(batch)) for batch in page]
    tabs = _list_tabs(request, show if show in shows else "", shows)
    context = {"kinds": kinds, "rows": rows, "page_obj": page, "tabs": tabs, "show": show}
    return render(request, "imports/imports.html", context)


def _shows(request: HttpRequest) -> dict[str, Any]:
    """What the list of imports can be narrowed to, as the start page links to it."""
    permission = _permission(request)
    found = {"mine": queries.waiting_for_uploader(request.user).filter(kind__in=_codes(permission))}
    if permission == P.IMPORT_ROLL:
        found["second"] = queries.waiting_for_second(request.user, on=request.today)
    return found


def _codes(permission: P) -> list[str]:
    return [kind.code for kind in all_kinds() if kind.permission == permission]


def _list_tabs(request: HttpRequest, show: str, shows: dict[str, Any]) -> list[parts.Tab]:
    labels = {"mine": _("Waiting for me"), "second": _("Waiting for a second person")}
    tabs = [parts.Tab(_("All"), "?", not show)]
    for code, rows in shows.items():
        tabs.append(parts.Tab(labels[code], f"?show={code}", code == show, rows.count()))
    return tabs if any(tab.count for tab in tabs) else []


def _to(request: HttpRequest, name: str, *args: str) -> str:
    """An address under the same root as the page that is open."""
    return reverse(f"imports:{name}", args=args, current_app=request.resolver_match.namespace)  # type: ignore[union-attr]


def _find(request: HttpRequest, ref: str) -> ImportBatch:
    return queries.access_batch(request.user, ref, on=request.today, permission=_permission(request))


def _permission(request: HttpRequest) -> P:
    return PERMISSIONS[request.resolver_match.namespace]  # type: ignore[union-attr]


def _tone(batch: ImportBatch) -> str:
    return {"applied": "good", "refused": "bad", "withdrawn": "off", "undone": "off", "ready": "wait", "second": "wait",
            "asking": "wait"}.get(batch.state, "info")  # fmt: skip


def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Takes a file in: it is looked through before anything else happens."""
    found = queries.kind_for(request.user, kind, on=request.today, permission=_permission(request))
    areas = found.area_choices(request.user, on=request.today)
    form = UploadForm(request.POST or None, request.FILES or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        with rules_on(form, "file"):
            batch = _take_in(request, found, form.cleaned_data)
            return redirect(_to(request, "batch", batch.ref))
    home, title = _home(request), str(found.title)
    crumbs = [home, (_("Upload a list") if home[0] == title else title, "")]
    return render(
        request, "imports/upload.html", {"form": form, "kind": found, "crumbs": crumbs}, status=status_of(form)
    )


def _take_in(request: HttpRequest, kind: Any, given: dict[str, Any]) -> ImportBatch:
    with tempfile.TemporaryDirectory(prefix="hcims-upload-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as out:
            for chunk in given["file"].chunks():
                out.write(chunk)
        scan = prescan(path, given["file"].name)
        mends = None
        if scan.mends:
            visible = queries.visible_to(request.user, on=request.today, permission=kind.permission)
            mends = visible.filter(ref=scan.mends, kind=kind.code).first()
        with path.open("rb") as file:
            return actions.upload(
                kind=kind, file=file, name=given["file"].name, scan=scan, list_on=given["list_on"],
                area=mends.area if mends else given["area"], by=request.user, at=request.now, mends=mends,
            )  # fmt: skip


@require_GET
def blank(request: HttpRequest, kind: str) -> FileResponse:
    """The template workbook of a kind."""
    found = queries.kind_for(request.user, kind, on=request.today, permission=_permission(request))
    out = io.BytesIO()
    template.write(out, found, on=request.today)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.code}-template.xlsx",
                        content_type=exports.CONTENT_TYPES["xlsx"])  # fmt: skip


@require_GET
def batch(request: HttpRequest, ref: str) -> HttpResponse:
    """One import, whatever state it is in."""
    found = _find(request, ref)
    kind = kind_of(found.kind)
    context = {"batch": found, "kind": kind, "crumbs": _crumbs(request, found), "notes": preview.notes_of(found),
               "beside": _beside(request, found, kind),
               "tone": _tone(found)}  # fmt: skip
    if found.state in (queries.BatchState.UPLOADED, queries.BatchState.READING, queries.BatchState.APPLYING):
        return render(request, "imports/working.html", context | _progress(request, found))
    if found.state == queries.BatchState.ASKING:
        form = QuestionsForm(questions=found.questions, columns=kind.columns)
        return render(request, "imports/asking.html", context | {"form": form})
    if found.state in (queries.BatchState.REFUSED, queries.BatchState.WITHDRAWN):
        return render(request, "imports/over.html", context)
    return render(request, "imports/preview.html", context | _preview(request, found, kind))


def _crumbs(request: HttpRequest, found: ImportBatch) -> list[tuple[str, str]]:
    return [_home(request), (str(found), "")]


def _home(request: HttpRequest) -> tuple[str, str]:
    """The page where the lists of this root of the address stand together."""
    titles = [str(kind.title) for kind in all_kinds() if kind.permission == _permission(request)]
    return (titles[0] if len(titles) == 1 else _("Imports"), _to(request, "imports"))


def _beside(request: HttpRequest, found: ImportBatch, kind: Any) -> list[ImportBatch]:
    """Other open lists of the kind; a comparison writes nothing, so that none is in its way."""
    return queries.open_beside(found, request.user, on=request.today) if found.is_open and kind.writes else []


def _progress(request: HttpRequest, found: ImportBatch) -> dict[str, Any]:
    job = queries.job_of(found)
    return {"job": shown(job, request.user, at=request.now) if job else None, "polls": int(request.GET.get("polls", 0))}


@require_GET
def progress(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the machine is; when it is done, the page is shown anew."""
    found = _find(request, ref)
    context = {"batch": found, **_progress(request, found)}
    is_waiting = found.state in (queries.BatchState.READING, queries.BatchState.APPLYING)
    if not is_waiting or (context["job"] and context["job"].job.is_over):
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "imports/_progress.html", context)


def _preview(request: HttpRequest, found: ImportBatch, kind: Any) -> dict[str, Any]:
    counts = found.counts.get("outcomes", {})
    outcomes = preview.outcomes_of(found, kind)
    # Rows about which something is to be done come first; those missing or as they were wait.
    waiting = {"missing": 1, "unchanged": 2}
    default = min((code for code, _ in outcomes if counts.get(code)), key=lambda code: waiting.get(code, 0),
                  default=outcomes[0][0])  # fmt: skip
    show = request.GET.get("show", default)
    place, words = request.GET.get("unit", ""), request.GET.get("q", "").strip()
    tabs = [parts.Tab(label, f"?show={code}", code == show, counts.get(code, 0)) for code, label in outcomes]
    if places := found.counts.get("places"):
        tabs.append(parts.Tab(_("By unit"), "?show=units", show == "units", len(places)))
    may_work = policies.reaches(request.user, kind, found.area, on=request.today)
    if over := found.counts.get("over"):
        tabs.append(parts.Tab(_("Over strength"), "?show=over", show == "over", len(over)))
    return {
        "tabs": tabs, "show": show, "is_compared": show in preview.compared(kind),
        "has_words": show not in NAMED_ONLY, "unit": place, "words": words, "outcomes": outcomes,
        "over": over, "has_row": show not in ("missing", "posted-only"),
        "unit_name": kind.place_names({place}).get(place, place) if place else "",
        "day_orders": preview.day_orders(found, kind),
        "changes": policies.changes(found), "limit": kind.second_person_above(request.today),
        "needs_second": bool(kind.writes) and policies.needs_second(found, on=request.today),
        "may_be_second": policies.may_be_second(request.user, found, on=request.today), "may_work": may_work,
        "may_export": request.user.can(P.EXPORT, on=request.today),
        "may_undo": policies.may_be_undone(found) and may_work, "undone": queries.undone_by(found),
        "commonest": preview.commonest(found, kind) if show == "rejected" else [],
        "send_back": SendBackForm(), "reading": _reading_form(found, kind) if may_work else None,
        **_shown_rows(request, found, kind, show, place, words),
    }  # fmt: skip


def _reading_form(found: ImportBatch, kind: Any) -> ReadingForm | None:
    if found.state != queries.BatchState.READY or found.undoes_id:
        return None
    return ReadingForm(heading=found.heading, columns=kind.columns, clears=found.clears, answered=_answered(found))


def _answered(found: ImportBatch) -> list[str]:
    return [name for name, value in found.answers.items() if value]


def _shown_rows(
    request: HttpRequest, found: ImportBatch, kind: Any, show: str, place: str, words: str
) -> dict[str, Any]:
    """One page of whatever tab is open."""
    number = request.GET.get("page")
    if show == "units":
        page = Paginator(preview.places_of(found, kind), PER_PAGE).get_page(number)
        return {"page_obj": page, "places": list(page)}
    if show == "over":
        page = Paginator(preview.over_lines(found, kind), PER_PAGE).get_page(number)
        return {"page_obj": page, "over_lines": list(page)}
    if show == "unchanged":
        page = Paginator(queries.unchanged_rows(found, place=place, words=words), PER_PAGE).get_page(number)
        return {"page_obj": page, "lines": preview.named([preview.Line(*each) for each in page], kind)}
    page = Paginator(queries.rows_of(found, show, place=place, words=words), PER_PAGE).get_page(number)
    may_open = request.user.can(P.SEE_IDENTITY, on=request.today)
    is_written = found.state == queries.BatchState.APPLIED
    return {"page_obj": page, "lines": preview.lines(list(page), kind, open_sealed=may_open, is_written=is_written)}


@require_GET
def take_rejects(request: HttpRequest, ref: str) -> FileResponse:
    """The rejected rows as a workbook: failing cells red, a comment how to mend each."""
    found = _find(request, ref)
    policies.check_can_work(request.user, found, on=request.today)
    out = io.BytesIO()
    count = rejects.write(out, found, kind_of(found.kind))
    out.seek(0)
    exports.record(name=f"import-{found.ref}-rejected", format="xlsx", count=count, columns=[], scope=found.file_name,
                   by=request.user, at=request.now)  # fmt: skip
    return FileResponse(out, as_attachment=True, filename=f"rejected-{found.ref}.xlsx",
                        content_type=exports.CONTENT_TYPES["xlsx"])  # fmt: skip


@require_GET
def take_rows(request: HttpRequest, ref: str) -> FileResponse:
    """The rows of one tab as a list."""
    found = _find(request, ref)
    kind, show = kind_of(found.kind), request.GET.get("show", "")
    may_open = request.user.can(P.SEE_IDENTITY, on=request.today)
    rows = queries.rows_of(found, show, place=request.GET.get("unit", "")).iterator(chunk_size=2000)
    columns = [_("Row"), _("Number"), _("Name"), _("Unit"), _("What it says"), _("Notes")]
    return exports.export_response(
        request, f"import-{found.ref}-{show}", columns, preview.export_rows(rows, kind, open_sealed=may_open),
        format=request.GET.get("format", "xlsx"), by=request.user, at=request.now, scope=f"{found.file_name}: {show}",
    )  # fmt: skip


# Deeds ---------------------------------------------------------------------------------------------------------------


@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Answers to the questions of a reading."""
    found = _find(request, ref)
    kind = kind_of(found.kind)
    form = QuestionsForm(request.POST, questions=found.questions, columns=kind.columns, heading=found.heading)
    if form.is_valid():
        with rules_on(form):
            given = {name: value or "-" for name, value in form.cleaned_data.items()}
            actions.answer(batch=found, answers=given, clears=None, by=request.user, at=request.now)
            return redirect(_to(request, "batch", ref))
    context = {"batch": found, "kind": kind, "crumbs": _crumbs(request, found), "form": form, "tone": _tone(found)}
    return render(request, "imports/asking.html", context, status=status_of(form))


@require_POST
def read_again(request: HttpRequest, ref: str) -> HttpResponse:
    """Other columns, or blank cells that clear: the file is read again."""
    found = _find(request, ref)
    kind = kind_of(found.kind)
    form = ReadingForm(
        request.POST, heading=found.heading, columns=kind.columns, clears=found.clears, answered=_answered(found)
    )
    if form.is_valid():
        actions.answer(batch=found, answers=form.answers(), clears=form.cleaned_data["clears"], by=request.user,
                       at=request.now)  # fmt: skip
    else:
        notices.warn(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
    return redirect(_to(request, "batch", ref))


@require_POST
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    """Applies the accepted rows, or passes them to a second person."""
    found = _find(request, ref)
    moved = actions.confirm(batch=found, by=request.user, at=request.now)
    if moved.state == queries.BatchState.SECOND:
        notices.done(request, _("Confirmed. Because of the number of changes a second person must confirm it too."))
    elif moved.state == queries.BatchState.READING:
        notices.warn(
            request, _("Another list was applied since this one was read. It is read again: look at it again.")
        )
    return redirect(_to(request, "batch", ref))


@require_POST
def second(request: HttpRequest, ref: str) -> HttpResponse:
    """The second person's word on a large import: apply it, or send it back."""
    found = _find(request, ref)
    if request.POST.get("decision") == "back":
        form = SendBackForm(request.POST)
        if not form.is_valid():
            notices.warn(request, _("Say what is to be looked at again, so that it can be mended."))
            return redirect(_to(request, "batch", ref))
        back = actions.send_back(batch=found, by=request.user, at=request.now, note=form.cleaned_data["note"])
        notices.done(request, _("%(list)s was sent back with what you wrote.") % {"list": back})
        return redirect(_to(request, "imports"))  # it is no longer for the second person to see
    else:
        actions.confirm_as_second(batch=found, by=request.user, at=request.now)
    return redirect(_to(request, "batch", ref))


@require_POST
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """Prepares the undoing of an applied import; it is looked at before it is confirmed."""
    found = _find(request, ref)
    undoing = actions.undo(batch=found, by=request.user, at=request.now)
    return redirect(_to(request, "batch", undoing.ref))


@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Ends an import that was not applied."""
    found = _find(request, ref)
    actions.withdraw(batch=found, by=request.user, at=request.now)
    notices.done(request, _("Withdrawn. Nothing of it was written."))
    return redirect(_to(request, "imports"))


@require_POST
def try_again(request: HttpRequest, ref: str) -> HttpResponse:
    """Starts the machine's work anew after it was cancelled or gave up."""
    found = _find(request, ref)
    actions.try_again(batch=found, by=request.user, at=request.now)
    return redirect(_to(request, "batch", ref))
