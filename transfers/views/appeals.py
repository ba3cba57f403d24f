"""Appeals: lodged on a phone, put before a panel, heard, decided; the outcomes without a name."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.ui import notices
from hcims.ui.form_pages import form_page
from hcims.ui.forms import rules_on, status_of
from hcims.ui.tables import listed
from personnel.views.files import kept_file
from transfers.actions import appeals as actions
from transfers.actions import recompute
from transfers.board_tables import AppealTable
from transfers.forms import appeals as forms
from transfers.queries import appeals as queries
from transfers.queries import why

WORKERS = (P.NAME_APPEAL_PANEL, P.HEAR_APPEALS, P.PROCESS_TRANSFERS)


@opens_to(*WORKERS)
@require_GET
def appeals(request: Any) -> HttpResponse:
    """The appeals on the reader's desk."""
    rows = queries.listed_for(request.user, on=request.today)
    table = AppealTable(rows, open_matters=queries.heard_by(request.user))
    return render(request, "transfers/appeals.html", {"table": listed(request, table)})


@opens_to_signed_in
@require_GET
def outcomes(request: Any) -> HttpResponse:
    """What came of appeals, without a name, for everyone in the service."""
    rows = [
        (
            each,
            forms.GROUND_WORDS[each.ground],
            forms.STATES[each.state],
            forms.TONES[each.state],
            forms.REMEDIES[each.remedy],
        )
        for each in queries.outcomes()[:200]
    ]
    return render(request, "transfers/appeal_outcomes.html", {"rows": rows})


@opens_to_signed_in
def lodge_award(request: Any, ref: str) -> HttpResponse:
    """An appeal against the result of a round."""
    found = why.access_award(request.user, ref)
    return _lodge(request, found, back=reverse("transfers:why", args=[ref]))


@opens_to_signed_in
def lodge_decision(request: Any, ref: str) -> HttpResponse:
    """An appeal against a decision."""
    found = why.access_decision(request.user, ref)
    return _lodge(request, found, back=reverse("transfers:why_decision", args=[ref]))


def _lodge(request: Any, thing: Any, *, back: str) -> HttpResponse:
    form = forms.LodgeForm(request.POST or None, request.FILES or None)
    until = queries.policies.appeal_by(thing, on=request.today)
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            made = actions.lodge(thing, **form.cleaned_data, by=request.user, on=request.today, at=request.now)
            notices.done(request, _("Your appeal is lodged. People who had no hand in the decision will hear it."))
            return redirect("transfers:appeal", ref=made.ref)
    return render(
        request, "transfers/appeal_lodge.html", {"form": form, "until": until, "back": back}, status=status_of(form)
    )


def _fetched(request: Any, ref: str) -> Any:
    return queries.access_appeal(request.user, ref, request.today)


def _panel_only(request: Any, ref: str) -> Any:
    """The appeal, for its panel. Errors: NotFound for every other reader."""
    found = _fetched(request, ref)
    if not queries.reading(request.user, found, on=request.today).is_panel:
        raise NotFound(ref)
    return found


@opens_to_signed_in
@require_GET
def appeal(request: Any, ref: str) -> HttpResponse:
    """One appeal: the officer's, the panel's, or that of who names it."""
    found = _fetched(request, ref)
    seen = queries.reading(request.user, found, on=request.today)
    if seen.sees_matter and not seen.is_own:
        actions.note_reading(found, by=request.user, at=request.now)
    context = {
        "appeal": found,
        "seen": seen,
        "ground": forms.GROUND_WORDS[found.ground],
        "state": forms.STATES[found.state],
        "tone": forms.TONES[found.state],
        "remedy": forms.REMEDIES[found.remedy],
        "days_left": (found.due_on - request.today).days,
        "members": list(found.panel.select_related("user")),
        "why": why.why(found.award, on=request.today) if found.award and seen.is_panel else None,
        "decision": why.decision(found.request, on=request.today) if found.request and seen.is_panel else None,
        "runs": queries.with_changes(found) if seen.is_panel else [],
    }
    return render(request, "transfers/appeal.html", context)


@opens_to_signed_in
@require_GET
def paper(request: Any, ref: str) -> Any:
    """The paper that the officer sent with the appeal."""
    found = _fetched(request, ref)
    if not found.evidence or not queries.reading(request.user, found, on=request.today).sees_matter:
        raise NotFound(f"{ref} paper")
    actions.note_reading(found, by=request.user, at=request.now)
    return kept_file(found.evidence)


@opens_to(P.NAME_APPEAL_PANEL)
def panel(request: Any, ref: str) -> HttpResponse:
    """Names who hears it."""
    found = _fetched(request, ref)
    candidates = [
        each for each in queries.candidates(found, on=request.today) if each.pk != request.user.pk
    ]  # fmt: skip
    return form_page(
        request,
        forms.PanelForm(request.POST or None, candidates=candidates),
        lambda form: actions.name_panel(found, members=form.named, by=request.user, on=request.today, at=request.now),
        title=_("Name the panel"),
        lead=_("People who neither advised nor decided, prepared nor take part. The officer reads their names."),
        caption=_("Appeal %(ref)s") % {"ref": found.ref},
        submit=_("Name them"),
        back=reverse("transfers:appeal", args=[ref]),
        said=_("The panel is named and was told."),
    )


@opens_to(P.HEAR_APPEALS)
def again(request: Any, ref: str) -> HttpResponse:
    """Computes the round with the corrected fact."""
    found = _panel_only(request, ref)
    if found.award is None:
        raise NotFound(ref)
    return form_page(
        request,
        forms.FactForm(request.POST or None, award=found.award, places=queries.closed_places(found)),
        lambda form: recompute.ask_again(found, fact=form.fact, by=request.user, on=request.today, at=request.now),
        title=_("Compute the round with the corrected fact"),
        lead=_("The frozen round is run again with this one fact changed. It shows exactly who would end elsewhere, by "
               "pseudonym. Nothing is changed by it."),
        caption=_("Appeal %(ref)s") % {"ref": found.ref},
        submit=_("Compute it"),
        back=reverse("transfers:appeal", args=[ref]),
        follow=lambda asked: reverse("jobs:job", args=[asked[1].ref]),
    )  # fmt: skip


@opens_to(P.HEAR_APPEALS)
def own_view(request: Any, ref: str) -> HttpResponse:
    """A member's own view for the record."""
    found = _panel_only(request, ref)
    return form_page(
        request,
        forms.ViewForm(request.POST or None),
        lambda form: actions.write_view(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=_("Your own view"),
        lead=_("Where it differs from the panel's. It stays on record and goes to a court that asks."),
        submit=_("Keep it"),
        back=reverse("transfers:appeal", args=[ref]),
        said=_("Your view is on record."),
    )


def _ways(found: Any) -> str:
    """What is not on offer, and why, so that nobody looks for it in vain."""
    if found.request is not None and "decide-again" not in queries.policies.remedies_of(found):
        return _("An order carries the decision out, so it is not decided again: grant that the officer stays or returns, "
                 "which takes the order back, or the next vacancy, or priority.")  # fmt: skip
    return ""


@opens_to(P.HEAR_APPEALS)
def decide(request: Any, ref: str) -> HttpResponse:
    """The panel decides."""
    found = _panel_only(request, ref)
    return form_page(
        request,
        forms.DecideForm(
            request.POST or None, remedies=queries.policies.remedies_of(found), places=queries.places_of(found)
        ),
        lambda form: actions.decide(found, **form.cleaned_data, by=request.user, on=request.today, at=request.now),
        title=_("Decide the appeal"),
        lead=_ways(found),
        caption=_("Appeal %(ref)s") % {"ref": found.ref},
        submit=_("Decide"),
        back=reverse("transfers:appeal", args=[ref]),
        said=_("The appeal is decided, and the officer was told."),
    )


@opens_to_signed_in
@require_POST
def withdraw(request: Any, ref: str) -> HttpResponse:
    """The officer withdraws it."""
    actions.withdraw(_fetched(request, ref), by=request.user, on=request.today, at=request.now)
    notices.done(request, _("Your appeal is withdrawn."))
    return redirect("transfers:appeal", ref=ref)
