"""One establishment version: what it changes, what that does to vacancies, and the decision on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from desk.queries import establishment as joined
from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.errors import Refusal
from hcims.imports.exports import export_response
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from hcims.ui.parts import Moment
from organisation import actions, queries
from organisation.forms.establishment import DecisionForm
from organisation.policies import establishment as policies
from organisation.queries.preview import area_total, totals_by_rank
from organisation.queries.versions import day_before_its_effect, seen_units
from organisation.views.establishment import TONES

PER_PAGE = 200
DEEDS: dict[str, tuple[Callable[..., Any], Any]] = {
    "submit": (actions.submit_version, _l("The version was submitted for approval.")),
    "approve": (
        actions.approve_version,
        _l("The version was approved; its posts are in force from its day."),
    ),
    "return": (actions.return_version, _l("The version was sent back to its drafter.")),
    "withdraw": (actions.withdraw_version, _l("The version was withdrawn.")),
}
COLUMNS = [
    _l("Unit code"), _l("Unit"), _l("Rank"), _l("Skill"), _l("Before"),
    _l("After"), _l("Difference"),
]  # fmt: skip


@opens_to(Permission.SEE_UNITS, Permission.PROPOSE_ESTABLISHMENT, Permission.APPROVE_ESTABLISHMENT)
def version(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of one version; a POST carries a decision on it."""
    user: Any = request.user
    today: date = request.today  # type: ignore[attr-defined]
    one = queries.access_version(user, ref, on=today)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            words = _decide(request, one, form.cleaned_data["note"])
            notices.done(request, words)
            return redirect("desk:version", one.ref)
    changes = queries.changes_of(one, reader=user, today=today)
    if format := request.GET.get("format"):
        return export_response(
            request, "establishment-version", COLUMNS, _rows(changes), format=format, by=user,
            at=request.now, scope=str(one),  # type: ignore[attr-defined]
        )  # fmt: skip
    day = min(max(day_before_its_effect(one), date.min), today)
    effects = joined.effect_on_vacancies(changes, on=day)
    totals = totals_by_rank(one, changes, within=seen_units(user, on=today))
    context = {
        "version": one,
        "tone": TONES[one.state],
        "form": form,
        "page": Paginator(changes, PER_PAGE).get_page(request.GET.get("page")),
        "changes": changes,
        "units": len({change.unit.pk for change in changes}),
        "totals": totals,
        "area": area_total(totals),
        "difference": sum(change.difference for change in changes),
        "effects": effects,
        "effect_total": joined.totals(effects),
        "effect_day": day,
        "history": _history(one),
        "print_scope": str(one.unit),
        "as_of": one.effective_on,
        "crumbs": [(_("Home"), "/"), (_("Establishment"), reverse("organisation:establishment")), (str(one), "")],
    }
    return render(request, "desk/version.html", context | _rights(request, one), status=status_of(form))


def _decide(request: HttpRequest, one: Any, note: str) -> str:
    """Do what the button says. Errors: the refusals of the action."""
    action, words = DEEDS.get(request.POST.get("deed", ""), (None, ""))
    if action is None:
        raise Refusal(_("Choose what to do with the version."))
    given = {"version": one, "by": request.user, "at": request.now}  # type: ignore[attr-defined]
    action(**given) if action is actions.submit_version else action(**given, note=note)
    return str(words)


def _rights(request: HttpRequest, one: Any) -> dict[str, bool]:
    """Which buttons this reader gets: asked of the policies themselves."""
    at = request.now  # type: ignore[attr-defined]
    may_edit = _may(policies.check_can_edit, request.user, one, at)
    return {
        "may_edit": may_edit,
        "may_withdraw": one.state in ("draft", "returned", "submitted")
        and _may(policies.check_can_withdraw, request.user, one, at),
        "may_decide": one.state == "submitted" and _may(policies.check_can_decide, request.user, one, at),
        "may_export": request.user.can(Permission.EXPORT, on=request.today),  # type: ignore[union-attr,attr-defined]
    }


def _may(check: Callable[..., None], *given: Any) -> bool:
    try:
        check(*given)
    except Refusal:
        return False
    return True


def _history(one: Any) -> list[Moment]:
    moments = [Moment(one.drafted_at, _("Drafted"), by=str(one.drafted_by), note=one.authority)]
    if one.decided_at:
        moments.insert(0, Moment(one.decided_at, one.get_state_display(), by=str(one.decided_by), note=one.note))
    elif one.note:
        moments.insert(0, Moment(one.drafted_at, one.get_state_display(), note=one.note))
    return moments


def _rows(changes: list[Any]) -> Any:
    for each in changes:
        yield (
            each.unit.code, each.unit.name, each.rank.code, each.skill.code if each.skill else "", each.before,
            each.after, each.difference,
        )  # fmt: skip
