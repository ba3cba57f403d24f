"""Appeals: lodged, put before a panel, heard, decided with reasons, and the remedy carried out. Nobody else is unmade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice
from organisation.models import Unit
from personnel.actions.reading import note_opening
from personnel.purposes import Purpose
from transfers import links
from transfers.actions import redress
from transfers.actions.chain import tell_holders
from transfers.actions.failed_reviews import cancel_unless_arrived
from transfers.actions.locking import locked
from transfers.models import (
    Appeal,
    AppealState,
    Award,
    PanelMember,
    RedressKind,
    Remedy,
    RequestState,
    RuleCode,
    TransferRequest,
)
from transfers.policies import appeals as policies
from transfers.queries import appeals as queries
from transfers.queries import rules
from transfers.queries.orders import at_hand


@action
def lodge(
    thing: Award | TransferRequest, *, ground: str, text: str, evidence: Any = None, by: Any, on: date, at: datetime
) -> Appeal:
    """This function will lodge the officer's appeal against a decision or an award and start its clock.

    Errors: NotAllowed for anyone else; RuleBroken after the last day, without words, or where an appeal is open.
    """
    policies.check_can_lodge(by, thing, text=text, on=on)
    award, request = (thing, None) if isinstance(thing, Award) else (None, thing)
    officer = thing.participation.officer if isinstance(thing, Award) else thing.officer
    appeal = Appeal(
        officer=officer, award=award, request=request, ground=ground, text=text.strip(), lodged_at=at,
        due_on=on + timedelta(days=rules.value(RuleCode.APPEAL_ANSWER_DAYS, on)),
    )  # fmt: skip
    if evidence:
        appeal.evidence.save(evidence.name, evidence, save=False)
    appeal.save()
    trail.record(Event.APPEAL_LODGED, target=appeal, by=by, at=at, details={"ground": ground})
    _tell_who_name(appeal, on=on, at=at)
    return appeal


def _tell_who_name(appeal: Appeal, *, on: date, at: datetime) -> None:
    hands = policies.involved(appeal)
    people = [each for each in queries.namers(on=on) if each.pk not in hands]
    notify_many(people, Notice.APPEAL_TO_NAME, at=at, link=links.appeal(appeal.ref))


@action
def name_panel(appeal: Appeal, *, members: Sequence[User], by: Any, on: date, at: datetime) -> Appeal:
    """This function will put the appeal before people who neither advised nor decided nor prepared, nor take part.

    Errors: NotAllowed for one who had a hand in it, as the one who names or as a member; RuleBroken for fewer than two.
    """
    appeal = _locked(appeal)
    policies.check_can_name(by, appeal, on=on)
    people = {each.pk: each for each in members}
    if len(people) < policies.LEAST:
        raise RuleBroken(_("A panel has at least two members."), policies.FAIR)
    hands = policies.involved(appeal) | {by.pk}
    for each in people.values():
        policies.check_can_sit(each, appeal, hands=hands, on=on)
    PanelMember.objects.bulk_create(
        PanelMember(appeal=appeal, user=each, named_by=by, named_at=at) for each in people.values()
    )
    workflow.move(appeal, AppealState.HEARING, by=by, at=at)
    trail.record(Event.APPEAL_PANEL_NAMED, target=appeal, by=by, at=at, details={"members": len(people)})
    notify_many(people.values(), Notice.APPEAL_TO_HEAR, at=at, link=links.appeal(appeal.ref))
    _tell_officer(appeal, at=at)
    return appeal


@action
def withdraw(appeal: Appeal, *, by: Any, on: date, at: datetime) -> Appeal:
    """This function will end an appeal at the wish of the officer."""
    appeal = _locked(appeal)
    if appeal.officer.user_id != by.pk:
        raise NotAllowed(_("Only the officer withdraws an appeal."), policies.FAIR)
    return workflow.move(appeal, AppealState.WITHDRAWN, by=by, at=at)


@action
def write_view(appeal: Appeal, *, view: str, by: Any, on: date, at: datetime) -> PanelMember:
    """This function will keep a member's own view for the record, where it differs from the panel's."""
    policies.check_on_panel(by, appeal, on=on)
    _check_hearing(appeal)
    member: PanelMember = appeal.panel.get(user=by)
    member.view = view.strip()
    member.save(update_fields=["view"])
    return member


@action
def decide(
    appeal: Appeal,
    *,
    upheld: bool,
    remedy: str = Remedy.NONE,
    place: Unit | None = None,
    reasons: str,
    public_outcome: str,
    by: Any,
    on: date,
    at: datetime,
) -> Appeal:
    """This function will decide an appeal for its panel: reasons to the officer, a sentence without a name to everyone.

    The remedy leaves everybody else where they are, and is done or owed from this moment (`Redress`). `place`: where the
    next vacancy is owed, one of those asked for. Errors: NotAllowed for anyone but the panel; RuleBroken where the
    outcome names somebody or carries no remedy; InvalidTransition when another member was first.
    """
    appeal = _locked(appeal)
    policies.check_on_panel(by, appeal, on=on)
    _check_hearing(appeal)
    policies.check_outcome(appeal, upheld=upheld, remedy=remedy, reasons=reasons, public_outcome=public_outcome)
    workflow.move(
        appeal, AppealState.UPHELD if upheld else AppealState.DISMISSED, by=by, at=at, remedy=remedy,
        reasons=reasons.strip(), public_outcome=public_outcome.strip()[:300], decided_by=by, decided_at=at,
    )  # fmt: skip
    if remedy == Remedy.DECIDE_AGAIN:
        _decide_again(appeal, by=by, on=on, at=at)
    elif remedy != Remedy.NONE:
        _owe(appeal, RedressKind(OWED[Remedy(remedy)]), place=place, by=by, at=at)
    details = {"upheld": upheld, "remedy": remedy}
    trail.record(Event.APPEAL_DECIDED, target=appeal, by=by, at=at, details=details)
    _tell_officer(appeal, at=at)
    return appeal


def _decide_again(appeal: Appeal, *, by: Any, on: date, at: datetime) -> None:
    """The request goes back to the authority as if it had not decided; what it said stands in the appeal."""
    if appeal.request is None:
        raise RuleBroken(_("Only a decided request is decided again."), policies.FAIR)
    request = locked(appeal.request)
    policies.check_decided_again(request)
    workflow.move(
        request, RequestState.DECISION, by=by, at=at, note=f"appeal {appeal.ref}", decided_by=None, typed_by=None,
        decided_at=None, decision_paper="", reason_code="", reasons="", legal_basis="", review_by=None, waits_since=at,
    )  # fmt: skip
    _carried_out(appeal, _("Before the authority again"), by=by, at=at)
    tell_holders(request, on=on, at=at)


OWED = {Remedy.NEXT_VACANCY: "next-vacancy", Remedy.PRIORITY: "priority", Remedy.STAY: "return"}


def _owe(appeal: Appeal, kind: RedressKind, *, place: Unit | None, by: Any, at: datetime) -> None:
    """What the panel granted goes on the list of what is owed; an order that is not carried out yet ends at once."""
    if kind == RedressKind.NEXT_VACANCY and (place is None or place not in queries.places_of(appeal)):
        raise RuleBroken(_("Choose the place where the next vacancy is owed, one of those asked for."), policies.FAIR)
    order = redress.live_order(policies.orders_of(appeal)) if kind == RedressKind.RETURN else None
    why = _("Appeal %(ref)s, upheld on %(day)s") % {
        "ref": appeal.ref, "day": date_format(timezone.localdate(at), "j F Y")
    }  # fmt: skip
    redress.owe(
        appeal.officer, kind, why=why, at=at, appeal=appeal, transfer=order,
        place=place if kind == RedressKind.NEXT_VACANCY else None,
    )  # fmt: skip
    if order is not None:
        cancel_unless_arrived(at_hand().get(pk=order.pk), why=why, by=by, at=at)
        appeal.refresh_from_db()


def _carried_out(appeal: Appeal, how: str, *, by: Any, at: datetime) -> None:
    appeal.carried_out_at, appeal.carried_out_by, appeal.carried_out_how = at, by, how[:300]
    appeal.save(update_fields=["carried_out_at", "carried_out_by", "carried_out_how"])


def _check_hearing(appeal: Appeal) -> None:
    if appeal.state != AppealState.HEARING:
        raise InvalidTransition(_("This appeal is %(state)s; open it again.") % {"state": appeal.get_state_display()})


def _tell_officer(appeal: Appeal, *, at: datetime) -> None:
    if appeal.officer.user is not None:
        notify(appeal.officer.user, Notice.TRANSFER_NEWS, at=at, link=links.appeal(appeal.ref))


def _locked(appeal: Appeal) -> Appeal:
    list(Appeal.objects.select_for_update().filter(pk=appeal.pk).values_list("pk"))
    return Appeal.objects.select_related(*queries.AT_HAND).get(pk=appeal.pk)


@action
def note_reading(appeal: Appeal, *, by: Any, at: datetime) -> None:
    """This function will put on record that somebody else read an appeal; of a protected one only a sealed row is left."""
    if appeal.officer.user_id == by.pk:
        return
    if appeal.is_sealed:
        trail.record(Event.FILE_OPENED, target=appeal, by=by, at=at)
        return
    note_opening(officer=appeal.officer, purpose=Purpose.POSTING, by=by, at=at, details={"part": "appeal"})
