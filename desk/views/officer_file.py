"""The officer file: one page a part, each opening on record with its purpose."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deployment.queries.tenure import duration
from desk import openings
from desk.parts import PART_LABELS
from desk.queries import officer_file as read
from desk.timeline import service_history
from hcims.access.guards import opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.parts import Tab
from personnel.purposes import LABELS
from personnel.queries import corrections_of
from personnel.queries.entries import cases_of, commendations_of
from personnel.queries.history import changes_of, former_photograph
from training.queries.record import lines_on_file, names_on_file
from transfers import words


@opens_to_signed_in
def officer(request: HttpRequest, number: str) -> HttpResponse:
    """One part of one officer's file; one's own is always open."""
    on = request.today  # type: ignore[attr-defined]
    file = read.open_file(request.user, number, on=on)
    part = request.GET.get("part", "service")
    if part not in file.parts:
        raise NotFound(f"{number} {part}")
    if not file.is_own:
        openings.note(request, file.officer, part)
    purpose = openings.purpose_of(request)
    context = {
        "file": file,
        "officer": file.officer,
        "part": part,
        "template": f"desk/file/_{part}.html",
        "tabs": [
            Tab(PART_LABELS[each], f"?part={each}" if each != "service" else "?", each == part) for each in file.parts
        ],
        "purpose": purpose,
        "purpose_label": LABELS[purpose],
        "purposes": [(str(code), label) for code, label in LABELS.items()],
        "crumbs": [(_("Officers"), reverse("desk:officers")), (number, "")] if file.may(P.SEE_OFFICERS) else None,
        "print_title": str(file.officer),
        "print_scope": LABELS[purpose],
        **CONTENTS[part](file),
    }
    return render(request, "desk/officer.html", context)


def _service(file: read.File) -> dict[str, Any]:
    postings, ranks = list(read.postings_of(file.officer)), list(read.ranks_of(file.officer))
    now = read.present(file.officer, postings, ranks, on=file.on)
    may_post = file.may(P.RECORD_POSTINGS) and not file.is_own
    return {
        "now": now,
        "ranks": ranks,
        "tenure": duration(now.months) if now.months is not None else "",
        "limit": duration(now.limit) if now.limit else "",
        "history": service_history(file.officer, ranks, postings),
        "corrections": [each for each in corrections_of(file.officer) if each.state == "asked"]
        if file.is_own or file.may(P.DECIDE_CORRECTIONS)
        else [],
        "sees_unit": file.may(P.SEE_UNITS),
        "sees_postings": file.may(P.SEE_POSTINGS) and now.posting is not None,
        "may_post": may_post,
        # A police officer who is posted moves by a transfer; the page of orders would refuse.
        "may_order": may_post and (now.posting is None or file.officer.member == "civilian"),
        "may_propose": now.posting is not None
        and file.officer.member == "officer"
        and not file.is_own
        and (file.may(P.PROCESS_TRANSFERS) or file.may(P.ADVISE_TRANSFERS)),
        "may_issue": file.may(P.ISSUE_ACTIVATION) and not file.is_own,
    }


def _skills(file: read.File) -> dict[str, Any]:
    return read.learning_of(file.officer) | {
        "may_verify": file.may(P.VERIFY_SKILLS) and not file.is_own,
        "training": lines_on_file(file.officer),
        "training_names": names_on_file(file.officer, on=file.on),
    }


def _family(file: read.File) -> dict[str, Any]:
    return read.family_of(file.officer)


def _conduct(file: read.File) -> dict[str, Any]:
    praise, discipline = file.may(P.SEE_COMMENDATIONS), file.may(P.SEE_DISCIPLINE)
    return {
        "sees_commendations": praise,
        "commendations": commendations_of(file.officer) if praise else [],
        "sees_discipline": discipline,
        "cases": cases_of(file.officer) if discipline else [],
    }


def _transfers(file: read.File) -> dict[str, Any]:
    found = read.transfers_of(file.officer, file.reader, on=file.on)
    return {
        "requests": [
            (each, words.KINDS[each.kind], words.STATES[each.state], words.STATE_TONES[each.state])
            for each in found["requests"]
        ],
        "orders": [
            (each, words.ORDER_STATES[each.state], words.ORDER_TONES[each.state]) for each in found["orders"]
        ],
    }  # fmt: skip


def _changes(file: read.File) -> dict[str, Any]:
    return {"entries": changes_of(file.officer, file.permissions)}


CONTENTS: dict[str, Any] = {
    "service": _service,
    "skills": _skills,
    "family": _family,
    "identity": lambda file: {},
    "conduct": _conduct,
    "transfers": _transfers,
    "changes": _changes,
}


@opens_to_signed_in
@require_POST
def purpose(request: HttpRequest, number: str) -> HttpResponse:
    """Says why this sitting opens files, from here on."""
    read.open_file(request.user, number, on=request.today)  # type: ignore[attr-defined]
    if not openings.choose(request, request.POST.get("purpose", "")):
        notices.refuse(request, _("Choose one of the purposes."))
    return redirect("desk:officer", number)


@opens_to_signed_in
def photo(request: HttpRequest, number: str) -> HttpResponse:
    """The photograph, to whoever may open the file; it belongs to an opening on record."""
    file = read.open_file(request.user, number, on=request.today)  # type: ignore[attr-defined]
    former = request.GET.get("former", "")
    name = former_photograph(file.officer, former) if former else file.officer.photo.name
    if not name or not default_storage.exists(name):
        raise NotFound(f"{number} photo")
    if not file.is_own and not openings.is_noted(request, file.officer):
        openings.note(request, file.officer, "photo")
    response = FileResponse(default_storage.open(name, "rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=300"
    return response
