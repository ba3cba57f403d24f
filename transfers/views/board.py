"""The board of a round: the result with its consequences, its awards, and what the board decides."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission as P
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.parts import Tab
from hcims.ui.tables import listed
from transfers import round_words
from transfers.actions import board as actions
from transfers.board_tables import AwardTable
from transfers.forms import board as forms
from transfers.queries import board as queries
from transfers.queries import feasible

A_PAGE = 100
READERS = (P.SIT_ON_TRANSFER_BOARD, P.MANAGE_ROUNDS, P.SIGN_ROUNDS)


@opens_to(*READERS)
@require_GET
def boards(request: Any) -> HttpResponse:
    """The rounds that were frozen or computed, the latest first."""
    found = queries.boards(request.user, on=request.today)
    rows = [(each, each.state in queries.COMPUTED) for each in found]
    may_try = queries.policies.may_try(request.user, on=request.today)
    return render(request, "transfers/boards.html", {"rows": rows, "may_try": may_try})


@opens_to(*READERS)
@require_GET
def board(request: Any, code: str) -> HttpResponse:
    """The computed round with its consequences."""
    found = queries.access_board(request.user, code, on=request.today)
    run = queries.official(found)
    least = queries.smallest_shown(request.today)
    context = {
        "round": found,
        "run": run,
        "counts": queries.counts(found),
        "ranks": queries.by(found, "rank__code"),
        "sexes": queries.by(found, "officer__sex", {"F": _("Women"), "M": _("Men")}, least=least),
        "services": queries.by(found, "officer__service", least=least),
        "least": least,
        "counties": queries.by_county(found),
        "floors": queries.floors(found, run) if run else [],
        "feasibility": round_words.feasibility(found.feasibility)[:1],
        "varied": queries.variations(found),
        "may_decide": queries.may_decide(request.user, found, on=request.today),
        "may_try": queries.policies.may_try(request.user, on=request.today),
        "tabs": _tabs(found, "board"),
    }
    return render(request, "transfers/board.html", context)


@opens_to(*READERS)
@require_GET
def proof(request: Any, code: str) -> HttpResponse:
    """The proof of feasibility: the officers and the posts that make it impossible, one by one."""
    found = feasible.access_proof(request.user, code, on=request.today)
    posts, floors = feasible.places(found.feasibility or {})
    context = {
        "round": found,
        "said": round_words.feasibility(found.feasibility),
        "posts": posts,
        "floors": floors,
        "page": Paginator(feasible.officers(found), A_PAGE).get_page(request.GET.get("page")),
        "crumbs": [
            (_("Rounds of transfers"), reverse("transfers:rounds")),
            (found.title, reverse("transfers:round", args=[code])),
        ],
    }
    return render(request, "transfers/round_proof.html", context)


def _tabs(found: Any, current: str, count: int | None = None) -> list[Tab]:
    return [
        Tab(_("Consequences"), reverse("transfers:board", args=[found.code]), current == "board"),
        Tab(_("Awards"), reverse("transfers:board_awards", args=[found.code]), current == "awards", count),
    ]


@opens_to(*READERS)
@require_GET
def awards(request: Any, code: str) -> HttpResponse:
    """The awards one by one."""
    found = queries.access_board(request.user, code, on=request.today)
    table = listed(request, AwardTable(queries.narrowed(queries.awards_of(found), request.GET)))
    names = {
        "all": _("All"), "moves": _("Move"), "first": _("First choice"), "stays": _("Stay"), "overdue": _("Overdue, unplaced"),
        "held": _("Held by a floor"), "varied": _("Varied"),
    }  # fmt: skip
    show, counts = request.GET.get("show", "all"), queries.counts(found)
    here = reverse("transfers:board_awards", args=[found.code])
    context = {
        "round": found,
        "table": table,
        "tabs": _tabs(found, "awards"),
        "outcomes": [Tab(name, f"{here}?show={each}", each == show, counts[each]) for each, name in names.items()],
        "asked": {name: request.GET.get(name, "") for name in ("show", "rank", "number", "from", "to")},
        "ranks": list(found.ranks.all()),
        "crumbs": [(found.title, reverse("transfers:board", args=[found.code]))],
    }
    return render(request, "transfers/board_awards.html", context)


@opens_to(*READERS)
def award(request: Any, ref: str) -> HttpResponse:
    """One award, and the form by which the board varies it."""
    found = queries.access_award(request.user, ref, on=request.today)
    round = found.participation.round
    may = round.state == "solved" and queries.may_decide(request.user, round, on=request.today)
    form = forms.VaryForm(request.POST or None, skills=queries.skills())
    form.fields["to_unit"].on = request.today  # type: ignore[attr-defined]
    return form_page(
        request,
        form,
        lambda form: actions.vary(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=_("Award of %(number)s") % {"number": found.participation.officer.service_number},
        submit=_("Vary the award"),
        back=reverse("transfers:board_awards", args=[round.code]),
        said=_("The award is varied. The reason is published with the result."),
        template="transfers/board_award.html",
        context={
            "award": found,
            "round": round,
            "may_vary": may,
            "crumbs": [
                (round.title, reverse("transfers:board", args=[round.code])),
                (_("Awards"), reverse("transfers:board_awards", args=[round.code])),
            ],
        },
    )


@opens_to(P.SIT_ON_TRANSFER_BOARD)
@require_POST
def restore(request: Any, ref: str) -> HttpResponse:
    """Takes a variation back."""
    found = queries.access_award(request.user, ref, on=request.today)
    actions.restore(found, by=request.user, on=request.today, at=request.now)
    notices.done(request, _("The award is again what was computed."))
    return redirect("transfers:award", ref=ref)


@opens_to(P.SIT_ON_TRANSFER_BOARD)
def accept(request: Any, code: str) -> HttpResponse:
    """The board accepts the result."""
    found = queries.access_board(request.user, code, on=request.today)
    return form_page(
        request,
        forms.AcceptForm(request.POST or None),
        lambda form: actions.accept(
            round=found, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Accept the result"),
        lead=_("The issuing authority signs and publishes it next. Until then the board may take it up again."),
        caption=found.title,
        submit=_("Accept it"),
        back=reverse("transfers:board", args=[code]),
        said=_("The result is accepted."),
    )


@opens_to(P.SIT_ON_TRANSFER_BOARD)
def reopen(request: Any, code: str) -> HttpResponse:
    """The board takes the result up again before it is published."""
    found = queries.access_board(request.user, code, on=request.today)
    return form_page(
        request,
        forms.ReopenForm(request.POST or None),
        lambda form: actions.reopen(
            round=found, **form.cleaned_data, by=request.user, on=request.today, at=request.now
        ),
        title=_("Take the result up again"),
        caption=found.title,
        submit=_("Take it up again"),
        back=reverse("transfers:board", args=[code]),
        said=_("The result is before the board again."),
    )
