"""What if: trials over a frozen round, and two runs side by side. Officers never see any of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui.forms import rules_on, status_of
from transfers import whatif
from transfers.actions import trials as actions
from transfers.forms import board as forms
from transfers.queries import board, runs

TRYING = (P.MANAGE_ROUNDS, P.SIT_ON_TRANSFER_BOARD)


@opens_to(*TRYING)
def trials(request: Any, code: str) -> HttpResponse:
    """The runs of a round, the three commonest questions, and a form for any other."""
    found = runs.access_round(request.user, code, on=request.today)
    content = found.rule_book.content
    form = forms.TrialForm(request.POST or None, content=content)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            _run, job = actions.ask(
                round=found, label=form.cleaned_data["label"], changes=form.changes, by=request.user, on=request.today,
                at=request.now,
            )  # fmt: skip
            return redirect("jobs:job", ref=job.ref)
    context = {
        "round": found,
        "form": form,
        "runs": [(each, reverse("transfers:run", args=[each.ref])) for each in runs.runs_of(found)],
        "common": _common(content),
        "traps": [(each, forms.LEVELS[each.level]) for each in runs.traps_of(found)],
        "crumbs": _crumbs(request, found),
    }
    return render(request, "transfers/trials.html", context, status=status_of(form))


def _crumbs(request: Any, found: Any) -> list[tuple[str, str]]:
    if found.state not in board.COMPUTED:
        return []
    return [(found.title, reverse("transfers:board", args=[found.code]))]


def _common(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The three commonest questions, where the rule book gives rise to them."""
    asked = (
        [("looser", _("Floors 5 points looser")), ("tighter", _("Floors 5 points tighter"))]
        if content["floors"]
        else []
    )
    if whatif.hardship_doubled(content).weights:
        asked.append(("hardship", _("Hardship time counts double")))
    return [*asked, ("mechanism", _("The other mechanism"))]


def _question(question: str, content: dict[str, Any]) -> whatif.Changes:
    if question in ("looser", "tighter"):
        return whatif.looser(content, 5 if question == "looser" else -5)
    return whatif.hardship_doubled(content) if question == "hardship" else whatif.other_mechanism(content)


@opens_to(*TRYING)
@require_POST
def common(request: Any, code: str, question: str) -> HttpResponse:
    """Tries one of the commonest questions."""
    found = runs.access_round(request.user, code, on=request.today)
    asked = dict(_common(found.rule_book.content))
    if question not in asked:
        raise NotFound(question)
    changes = _question(question, found.rule_book.content)
    _run, job = actions.ask(
        round=found, label=asked[question], changes=changes, by=request.user, on=request.today, at=request.now
    )
    return redirect("jobs:job", ref=job.ref)


@opens_to(*TRYING)
@require_GET
def run(request: Any, ref: str) -> HttpResponse:
    """One run beside another: the round's own, unless the address names one."""
    found = runs.access_run(request.user, ref, on=request.today)
    others = [each for each in runs.runs_of(found.round) if each.pk != found.pk and each.result]
    named = request.GET.get("with", "")
    other = next((each for each in others if each.ref == named), None) or next(
        (each for each in others if each.kind == "official"), others[0] if others else None
    )
    compared = runs.side_by_side(other, found) if other is not None and found.result else None
    context = {
        "run": found,
        "round": found.round,
        "other": other,
        "others": others,
        "compared": compared,
        "rows": _figures(compared) if compared else [],
        "traps": [
            (each, forms.LEVELS[each.level])
            for each in runs.traps_of(found.round, dict(found.changes.get("floors", {})))
        ],
        "changes": _said(found),
        "crumbs": [(_("What if"), reverse("transfers:trials", args=[found.round.code]))],
    }
    return render(request, "transfers/run.html", context)


def _figures(compared: runs.SideBySide) -> list[tuple[str, int, int, int]]:
    """Label, the one, the other, what the other adds."""
    labels = {
        "moved": _("Officers who move"), "first_choice": _("To their first choice"),
        "overdue_left": _("Overdue who do not move"), "unplaced": _("Without any place"),
        "held_by_floors": _("Held back by a floor"), "floors_touched": _("Floors that held somebody"),
        "floors_missed": _("Commands below their floor"), "women_moved": _("Women who move"),
        "to_hardship": _("Into hardship areas"), "from_hardship": _("Out of hardship areas"),
        "kilometres": _("Kilometres moved, together"), "unmeasured": _("Moves of unknown distance: a unit is not on the map"),
    }  # fmt: skip
    one, other = compared.comparison.one, compared.comparison.other
    rows = [(label, getattr(one, name), getattr(other, name)) for name, label in labels.items()]
    return [(label, first, second, second - first) for label, first, second in rows]


def _said(found: Any) -> list[str]:
    """What the run changes, line by line."""
    changes = found.changes
    said = [
        _("%(item)s: %(percent)s %% of its weight") % {"item": forms.why_words.item(code), "percent": percent}
        for code, percent in changes.get("weights", {}).items()
    ]
    said += [
        _("floor at the level “%(level)s”: %(percent)s %%") % {"level": forms.LEVELS[level], "percent": percent}
        for level, percent in changes.get("floors", {}).items()
    ]
    if changes.get("mechanism"):
        said.append(str(forms.MECHANISM_WORDS[changes["mechanism"]]))
    return said
