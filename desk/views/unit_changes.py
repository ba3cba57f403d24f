"""Opening, moving, renaming, classing, correcting, closing and reopening a unit: previewed first, then done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from deployment import actions as deployment
from desk.queries import units as joined
from desk.views.unit import crumbs
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.rehearsal import rehearse
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from organisation import actions, queries
from organisation.forms import units as forms
from organisation.queries.snapshot import differences, snapshot, snapshot_of_code
from organisation.queries.unit_page import posts_under


@dataclass(frozen=True)
class Kind:
    """One kind of change: its words, its form and its action."""

    title: str | Promise
    button: str | Promise
    done: str | Promise
    form: type[forms.OnPaper]
    action: Callable[..., Any]
    initial: Callable[[Any], dict[str, Any]] = lambda unit: {}
    counts: bool = False  # whether the preview says how many units, posts and officers it touches


MOVE = Kind(
    _l("Move %(unit)s under another command"), _l("Move it"), _l("%(unit)s was moved."),
    forms.MoveForm, actions.move_unit, counts=True,
)  # fmt: skip
RENAME = Kind(
    _l("Rename %(unit)s, or change its type"), _l("Rename it"), _l("%(unit)s was renamed."),
    forms.RenameForm, actions.rename_unit, lambda unit: {"name": unit.name, "type": unit.type},
)  # fmt: skip
CLASS = Kind(
    _l("Class of %(unit)s"), _l("Give it this class"), _l("The class of %(unit)s was recorded."),
    forms.ClassForm, actions.class_unit,
)  # fmt: skip
FACTS = Kind(
    _l("Correct the facts of %(unit)s"), _l("Keep the changes"),
    _l("The facts of %(unit)s were changed."), forms.FactsForm, actions.change_unit, forms.facts_of,
)  # fmt: skip
CLOSE = Kind(
    _l("Close %(unit)s"), _l("Close it"), _l("%(unit)s was closed."),
    forms.CloseForm, deployment.close_unit, counts=True,
)  # fmt: skip
REOPEN = Kind(
    _l("Take back the closing of %(unit)s"), _l("Open it again"), _l("%(unit)s is open again."),
    forms.ReopenForm, actions.reopen_unit,
)  # fmt: skip


def _view(kind: Kind, name: str) -> Any:
    @opens_to(Permission.EDIT_UNITS)
    def view(request: HttpRequest, code: str) -> HttpResponse:
        return _change(request, code, kind)

    view.__name__ = name
    return view


move = _view(MOVE, "move")
rename = _view(RENAME, "rename")
give_class = _view(CLASS, "give_class")
correct = _view(FACTS, "correct")
close = _view(CLOSE, "close")
reopen = _view(REOPEN, "reopen")


def _change(request: HttpRequest, code: str, kind: Kind) -> HttpResponse:
    user: Any = request.user
    today: date = request.today  # type: ignore[attr-defined]
    unit = queries.access_unit(user, code, Permission.EDIT_UNITS, on=today)
    form = kind.form(request.POST or None, user=user, today=today, initial=kind.initial(unit))
    effect = None
    if request.method == "POST" and form.is_valid():
        given = form.facts() | {"unit": unit, "by": user, "at": request.now}  # type: ignore[attr-defined]
        with rules_on(form):
            if _is_confirmed(request):
                kind.action(**given)
                notices.done(request, str(kind.done) % {"unit": unit})
                return redirect("desk:unit", unit.code)
            effect = _effect(kind, unit, form.cleaned_data.get("on") or today, given)
    context = {
        "form": form,
        "effect": effect,
        "previewed": _digest(request),
        "unit": unit,
        "title": str(kind.title) % {"unit": unit},
        "button": kind.button,
        "back": reverse("desk:unit", args=[unit.code]),
        "crumbs": [*crumbs(request, unit, "", today)[:-1],
                   (str(unit), reverse("desk:unit", args=[unit.code])), (kind.button, "")],
    }  # fmt: skip
    return render(request, "desk/unit_change.html", context, status=status_of(form))


def _effect(kind: Kind, unit: Any, on: date, given: dict[str, Any]) -> dict[str, Any]:
    """What the change would do, found by doing it and taking it back."""
    before = snapshot(unit, on=on)
    after = rehearse(kind.action, then=lambda: snapshot(unit, on=on), **given)
    effect: dict[str, Any] = {"on": on, "changes": differences(before, after)}
    if kind.counts:
        effect |= {
            "units": queries.below([unit.pk], on).count() - 1,
            "officers": joined.officers_under(unit, on=on),
            "posts": posts_under([unit.pk], on=on)[unit.pk],
        }
    return effect


@opens_to(Permission.EDIT_UNITS)
def open_unit(request: HttpRequest) -> HttpResponse:
    """A new unit under a command."""
    user: Any = request.user
    today: date = request.today  # type: ignore[attr-defined]
    code = request.GET.get("under", "")
    parent = queries.access_unit(user, code, Permission.EDIT_UNITS, on=today) if code else None
    form = forms.OpenForm(request.POST or None, user=user, today=today, initial=_like(parent))
    effect = None
    if request.method == "POST" and form.is_valid():
        given = form.facts() | {"by": user, "at": request.now}  # type: ignore[attr-defined]
        with rules_on(form):
            if _is_confirmed(request):
                unit = actions.open_unit(**given)
                notices.done(request, _("%(unit)s was opened.") % {"unit": unit})
                return redirect("desk:unit", unit.code)
            on = given["opened_on"]
            after = rehearse(actions.open_unit, then=lambda: snapshot_of_code(given["code"], on=on), **given)
            effect = {"on": on, "changes": differences({}, after)}
    context = {
        "form": form,
        "effect": effect,
        "previewed": _digest(request),
        "title": _("Open a unit"),
        "button": _("Open it"),
        "back": reverse("organisation:units"),
        "crumbs": [(_("Home"), "/"), (_("Units"), reverse("organisation:units")), (_("Open a unit"), "")],
    }
    return render(request, "desk/unit_change.html", context, status=status_of(form))


def _like(parent: Any) -> dict[str, Any]:
    """A new unit usually stands in the line and county of its command."""
    if parent is None:
        return {"type": "station"}
    return {
        "type": "station",
        "parent": parent,
        "line": parent.line,
        "county": parent.county.code if parent.county else "",
    }


def _is_confirmed(request: HttpRequest) -> bool:
    """Whether exactly this was previewed, and the button under the preview pressed."""
    return request.POST.get("step") == "do" and request.POST.get("previewed") == _digest(request)


def _digest(request: HttpRequest) -> str:
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in OWN_FIELDS)
    return hashlib.sha256(repr((request.path, said)).encode()).hexdigest()[:24]


OWN_FIELDS = ("csrfmiddlewaretoken", "step", "previewed")
