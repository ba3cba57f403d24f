"""Programmes and the versions of their curricula: titles, parts, lengths. The texts belong to their owner."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import Refusal
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from training import comparing, condition_words, lengths
from training.actions import curricula as actions
from training.actions.versions import FACTS
from training.forms import curricula as forms
from training.policies.versions import check_is_draft
from training.queries import curricula as queries
from training.version_words import STATES
from training.views.versions import again, decide, moved_rows, open_deeds

READERS = opens_to(P.SEE_TRAINING, P.RUN_TRAINING)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page about curricula stands."""
    return [
        (_("Training"), reverse("training:home")),
        (_("Curricula and orders"), reverse("training:curricula")),
        *more,
    ]


def _name(version: Any) -> str:
    return _("%(programme)s, version %(number)s") % {"programme": version.programme, "number": version.number}


@READERS
@require_safe
def curricula(request: Any) -> HttpResponse:
    """Every programme with its versions, and the orders in force."""
    on, user = request.today, request.user
    asked = request.GET.get("state", "")
    shown = []
    for each in queries.programmes(user, on=on):
        versions = [one for one in each.read if asked not in STATES or one.state == asked]
        if versions or asked not in STATES:
            begun = any(one.state in ("draft", "submitted") for one in each.read)
            shown.append((each, [(one, *STATES[one.state], len(one.parts.all())) for one in versions], begun))
    page = {
        "programmes": shown, "orders": queries.orders(on=on), "ended": queries.orders(on=on, ended=True), "as_of": on,
        "may_draft": user.can(P.DRAFT_CURRICULA, on=on), "crumbs": crumbs()[:1],
        "only": STATES[asked][0] if asked in STATES else "",
    }  # fmt: skip
    return render(request, "training/curricula.html", page)


@READERS
@require_safe
def curriculum(request: Any, ref: str) -> HttpResponse:
    """One version of a curriculum: its parts and sessions, and what the reader may do with it."""
    on = request.today
    one = queries.access_version(request.user, ref, on=on)
    others = [each for each in queries.versions_of(one.programme, request.user, on=on) if each.pk != one.pk]
    state, tone = STATES[one.state]
    parts = list(one.parts.all())
    page = {
        "version": one, "name": _name(one), "state": state, "tone": tone, "others": others, "as_of": on,
        "parts": [(each, lengths.in_words(each.minutes)) for each in parts], "crumbs": crumbs(),
        "together": lengths.in_words(sum(each.minutes for each in parts)),
        "deeds": open_deeds(one, request.user, on=on), "orders": queries.order_in_force(one.programme, on=on),
    }  # fmt: skip
    return render(request, "training/curriculum.html", page)


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def new_programme(request: Any) -> HttpResponse:
    """Adds a programme."""
    return _programme(
        request, None, title=_("A programme"), said=_("The programme is on the list. Draft its curriculum.")
    )


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def change_programme(request: Any, programme: str) -> HttpResponse:
    """Changes what is said of a programme."""
    one = queries.access_programme(programme)
    return _programme(request, one, title=str(one), said=_("The programme was changed."))


def _programme(request: Any, one: Any, *, title: str, said: str) -> HttpResponse:
    initial = {name: getattr(one, name) for name in actions.FACTS} if one else {}
    return form_page(
        request, forms.ProgrammeForm(request.POST or None, initial=initial),
        lambda sent: actions.keep_programme(programme=one, **sent.cleaned_data, by=request.user, at=request.now),
        title=title, submit=_("Keep it"), back=reverse("training:curricula"), said=said,
    )  # fmt: skip


@opens_to(P.DRAFT_CURRICULA)
@require_POST
def draft(request: Any, programme: str) -> HttpResponse:
    """Begins the next version as a copy of the one approved last."""
    one = queries.access_programme(programme)
    try:
        made = actions.draft_version(programme=one, by=request.user, at=request.now)
    except Refusal as refusal:
        notices.refuse(request, refusal.message)
        return redirect("training:curricula")
    return redirect("training:edit_curriculum", ref=made.ref)


@opens_to(P.DRAFT_CURRICULA)
@require_http_methods(["GET", "POST"])
def edit(request: Any, ref: str) -> HttpResponse:
    """The editor of a draft: its parts in order, their lengths, their sessions."""
    one = queries.access_version(request.user, ref, on=request.today)
    check_is_draft(one)
    form = forms.CurriculumForm(request.POST or None, initial={name: getattr(one, name) for name in FACTS})
    rows = forms.part_rows(request.POST or None, one)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        order, stands = moved_rows(request, rows, "name_en")
        parts = [row.cleaned_data for row in order]
        with rules_on(form):
            actions.change_version(version=one, parts=parts, **form.cleaned_data, by=request.user, at=request.now)
            if "more" in request.POST or stands is not None:
                return again(request, "training:edit_curriculum", ref, stands, len(order))
            notices.done(request, _("The draft is kept. Submit it when it is complete."))
            return redirect("training:curriculum", ref=ref)
    page = {
        "form": form, "tables": [(_("Parts"), rows, "name_en")], "rows": rows, "more_rows": None, "title": _name(one),
        "crumbs": crumbs(), "focus": request.GET.get("moved", ""), "back": reverse("training:curriculum", args=[ref]),
    }  # fmt: skip
    return render(request, "training/version_edit.html", page, status=status_of(form, rows))


@READERS
@require_safe
def compare(request: Any, ref: str) -> HttpResponse:
    """What one version says otherwise than another."""
    on = request.today
    one = queries.access_version(request.user, ref, on=on)
    versions = queries.versions_of(one.programme, request.user, on=on)
    others, other = comparing.other_of(one, versions, request.GET.get("with", ""))
    before, after = sorted((one, other), key=lambda each: each.number)
    page = {
        "before": before, "after": after, "one": one, "other": other, "others": others, "name": str(one.programme),
        "facts": comparing.facts(before, after, {"starts_on": _l("Taught from")}),
        "lines": comparing.lines(before.parts.all(), after.parts.all(), condition_words.part),
        "crumbs": crumbs((_name(one), reverse("training:curriculum", args=[ref]))),
    }  # fmt: skip
    return render(request, "training/version_compare.html", page)


@opens_to(P.DRAFT_CURRICULA, P.APPROVE_CURRICULA)
@require_http_methods(["GET", "POST"])
def deed(request: Any, ref: str, deed: str) -> HttpResponse:
    """Submits, approves, returns or gives up a version."""
    one = queries.access_version(request.user, ref, on=request.today)
    return decide(request, one, deed, name=_name(one), back=reverse("training:curriculum", args=[ref]))
