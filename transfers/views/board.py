"""The board of a round: the result with its consequences, its awards, and what the board decides."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

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
from transfers.board_tables import AwardTable, StrengthTable
from transfers.forms import board as forms
from transfers.queries import board as queries
from transfers.queries import board_strength, feasible

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
    least = queries.smallest_shown(request.today)
    context = {
        "round": found,
        "counts": (counts := queries.counts(found)),
        "ranks": queries.by(found, "rank__code"),
        "sexes": queries.by(found, "officer__sex", {"F": _("Women"), "M": _("Men")}, least=least),
        "services": queries.by(found, "officer__service", least=least),
        "least": least,
        "counties": queries.by_county(found),
        "floors": queries.floors(found),
        "feasibility": round_words.feasibility(found.feasibility)[:1],
        "varied": queries.variations(found) if counts["varied"] else [],
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
    rows = queries.narrowed(queries.awards_of(found), request.GET)
    rows = queries.of_group(rows, found, request.GET, least=queries.smallest_shown(request.today))
    if floor := request.GET.get("floor", ""):
        rows = queries.kept_by_floor(rows, queries.official(found), floor)
    show, counts = request.GET.get("show", "all"), queries.counts(found)
    is_whole = not any(request.GET.get(name) for name in ASKED if name != "show")
    table = listed(request, AwardTable(queries.AwardLines(rows, total=counts.get(show) if is_whole else None)))
    names = {
        "all": _("All"), "moves": _("Move"), "first": _("First choice"), "stays": _("Stay"), "overdue": _("Overdue, unplaced"),
        "held": _("Held by a floor"), "varied": _("Varied"),
    }  # fmt: skip
    here = reverse("transfers:board_awards", args=[found.code])
    context = {
        "round": found,
        "table": table,
        "tabs": _tabs(found, "awards"),
        "outcomes": [Tab(name, f"{here}?show={each}", each == show, counts[each]) for each, name in names.items()],
        "asked": {name: request.GET.get(name, "") for name in ASKED},
        "narrowed_to": _narrowed_to(found, request.GET),
        "ranks": list(found.ranks.all()),
        "crumbs": [(found.title, reverse("transfers:board", args=[found.code]))],
    }
    return render(request, "transfers/board_awards.html", context)


ASKED = ("show", "rank", "number", "from", "to", "sex", "service", "floor")


def _narrowed_to(round: Any, asked: Any) -> list[dict[str, str]]:
    """What the list leaves out beyond what its own form says: words, and the address without it."""
    said = {"sex": {"F": _("Women"), "M": _("Men")}.get(asked.get("sex", ""), ""), "service": asked.get("service", "")}
    if asked.get("floor"):
        command = board_strength.access_command(round, asked["floor"])
        said["floor"] = _("Held by the floor of %(command)s") % {"command": _named(command)}
    found = []
    for name, text in said.items():
        if text:
            rest = {each: asked[each] for each in ASKED if each != name and asked.get(each)}
            found.append({"text": text, "without": urlencode(rest)})
    return found


def _named(command: board_strength.Command) -> str:
    return ", ".join(each for each in (str(command.unit), command.rank, command.skill) if each)


@opens_to(*READERS)
@require_GET
def strength(request: Any, code: str) -> HttpResponse:
    """The officers behind a strength of the board's page: before, leaving, coming in, after."""
    found = queries.access_board(request.user, code, on=request.today)
    if not request.GET.get("of"):
        return redirect("transfers:board", code=code)  # each command's number leads here from there
    command = board_strength.access_command(found, request.GET["of"])
    when = request.GET.get("when", "")
    when = when if when in board_strength.WHEN else "before"
    names = {"before": _("Before the round"), "left": _("Leave"), "came": _("Come in"), "after": _("After it")}
    here = f"{reverse('transfers:board_strength', args=[code])}?of={quote(command.ref)}&when="
    table = listed(request, StrengthTable(board_strength.people(found, command, when)))
    counts = {each: board_strength.counted(found, command, each) for each in board_strength.WHEN}
    context = {
        "round": found,
        "title": _named(command),
        "table": table,
        "tabs": [Tab(names[each], here + each, each == when, counts[each]) for each in board_strength.WHEN],
        "counted": counts[when],
        "day": board_strength.day_of(found),
        "crumbs": [(found.title, reverse("transfers:board", args=[code]))],
    }
    return render(request, "transfers/board_strength.html", context)


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
