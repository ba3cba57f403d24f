"""Who may appeal, by when, and who may hear it: nobody who advised, decided, prepared or takes part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from transfers.models import (
    Appeal,
    AppealState,
    Award,
    Participation,
    Remedy,
    RequestState,
    RoundState,
    RuleCode,
    TransferKind,
    TransferOrder,
    TransferOrderState,
    TransferRequest,
)
from transfers.policies.board import check_words
from transfers.policies.rounds import holds
from transfers.queries import rules

FAIR = "Fair Administrative Action Act 2015, ss.4 and 5"
NOT_OWN_CAUSE = "Fair Administrative Action Act 2015, s.7(2)(a): nobody hears an appeal against his or her own decision"
LEAST = 2  # members of a panel: one alone is no panel
DECIDED = (RequestState.REFUSED, RequestState.PUBLISHED, RequestState.COMPLETED, RequestState.CANCELLED)
DECIDABLE_AGAIN = (RequestState.REFUSED, RequestState.CANCELLED)
OF_AWARDS = (Remedy.NEXT_VACANCY, Remedy.PRIORITY, Remedy.STAY)
OF_REQUESTS = (Remedy.DECIDE_AGAIN, Remedy.NEXT_VACANCY, Remedy.PRIORITY, Remedy.STAY)


def appeal_by(thing: Award | TransferRequest, *, on: date) -> date | None:
    """The last day to appeal against an award or a decision; None where there is nothing to appeal against yet."""
    if isinstance(thing, Award):
        round = thing.participation.round
        return round.appeals_until if round.state == RoundState.PUBLISHED else None
    if thing.state not in DECIDED or thing.decided_at is None:
        return None
    told = thing.published_at or thing.decided_at
    return timezone.localdate(told) + timedelta(days=rules.value(RuleCode.APPEAL_DAYS, on))


def check_can_lodge(by: Any, thing: Award | TransferRequest, *, text: str, on: date) -> None:
    """The officer appeals, within the days of the rule, and says why."""
    officer = thing.participation.officer if isinstance(thing, Award) else thing.officer
    if officer.user_id != by.pk:
        raise NotAllowed(_("Only the officer appeals against a decision about himself or herself."), FAIR)
    until = appeal_by(thing, on=on)
    if until is None:
        raise RuleBroken(_("There is no decision to appeal against."), FAIR)
    if on > until:
        raise RuleBroken(
            _("The time to appeal ended on %(day)s. The Employment and Labour Relations Court remains open to you.")
            % {"day": f"{until:%d %B %Y}"},
            FAIR,
        )
    check_words(text, _("Say in a sentence what was wrong."))


def involved(appeal: Appeal) -> set[int]:
    """Everybody who had a hand in what the appeal is against."""
    found = {appeal.officer.user_id}
    if appeal.request is not None:
        found |= _in_request(appeal.request)
    elif appeal.award is not None:
        found |= _in_round(appeal.award)
    return {each for each in found if each is not None}


def _in_request(request: TransferRequest) -> set[int | None]:
    found = {
        request.entered_by_id, request.proposed_by_id, request.decided_by_id, request.typed_by_id, request.reviewed_by_id,
    }  # fmt: skip
    for each in request.advice.values_list("advised_by", "typed_by"):
        found |= set(each)
    for name, rows in (
        ("lifted_by", request.stops),
        ("recorded_by", request.directions),
        ("checked_by", request.grounds),
    ):
        found |= set(rows.values_list(name, flat=True))
    found |= set(request.parties.values_list("officer__user", flat=True))
    return found


def _in_round(award: Award) -> set[int | None]:
    round = award.participation.round
    book = round.rule_book
    found = {
        round.created_by_id, round.accepted_by_id, round.signed_by_id, award.varied_by_id, book.drafted_by_id,
        book.published_by_id,
    }  # fmt: skip
    return found | set(round.runs.exclude(kind="appeal").values_list("made_by", flat=True))


def may_name(by: Any, *, on: date) -> bool:
    """Whether the user names panels."""
    return holds(by, Permission.NAME_APPEAL_PANEL, on=on)


def check_can_name(by: Any, appeal: Appeal, *, on: date) -> None:
    if not may_name(by, on=on):
        raise NotAllowed(_("A panel is named by the Commission."), FAIR)
    if by.pk in involved(appeal):
        raise NotAllowed(_("You had a hand in this decision, so somebody else names the panel."), NOT_OWN_CAUSE)
    if appeal.state != AppealState.LODGED:
        raise RuleBroken(_("The panel of this appeal has been named."), FAIR)


def why_not(user: Any, appeal: Appeal, *, hands: set[int], on: date) -> str:
    """Why this person cannot hear the appeal; empty for one who can."""
    if not user.can(Permission.HEAR_APPEALS, on=on):
        return _("does not sit on appeal boards")
    if user.pk in hands:
        return _("had a hand in the decision")
    if appeal.award is not None and _takes_part(user, appeal.award):
        return _("takes part in the round")
    unit = appeal.officer.unit
    if appeal.is_sealed and unit is not None and user.can(Permission.ADVISE_TRANSFERS, at=unit, on=on):
        return _("commands the officer")
    return ""


def _takes_part(user: Any, award: Award) -> bool:
    return Participation.objects.filter(Q(round=award.participation.round), officer__user=user).exists()


def check_can_sit(user: Any, appeal: Appeal, *, hands: set[int], on: date) -> None:
    if reason := why_not(user, appeal, hands=hands, on=on):
        raise NotAllowed(
            _("%(name)s cannot hear this appeal: %(why)s.") % {"name": user.full_name, "why": reason}, NOT_OWN_CAUSE
        )


def check_on_panel(by: Any, appeal: Appeal, *, on: date) -> None:
    """A member named for it, who may still hear it today."""
    if not appeal.panel.filter(user=by).exists():
        raise NotAllowed(_("Only the panel named for this appeal hears it."), FAIR)
    check_can_sit(by, appeal, hands=involved(appeal), on=on)


def remedies_of(appeal: Appeal) -> tuple[Remedy, ...]:
    """What a panel may grant: nobody else's award or posting is among it, and nothing that could not be carried out."""
    orders = orders_of(appeal)
    found = OF_AWARDS if appeal.award is not None else OF_REQUESTS
    left = set()
    if not any(stands(each) for each in orders):
        left.add(Remedy.STAY)
    request = appeal.request
    if request is not None:
        if request.kind == TransferKind.EXCHANGE:
            left.add(Remedy.STAY)  # it would take the others' new posts from them
        if request.is_protected:  # no round and no other desk may know of it: it is decided again, or taken back
            left |= {Remedy.NEXT_VACANCY, Remedy.PRIORITY}
        if request.state not in DECIDABLE_AGAIN:
            left.add(Remedy.DECIDE_AGAIN)
    return tuple(each for each in found if each not in left)


def orders_of(appeal: Appeal) -> list[TransferOrder]:
    """The orders that carry out what the appeal is against, to its officer alone."""
    rows = TransferOrder.objects.select_related("order", "reversed_by").filter(order__officer=appeal.officer)
    thing = {"award": appeal.award} if appeal.award is not None else {"request": appeal.request}
    return list(rows.filter(**thing).order_by("pk"))


def stands(order: TransferOrder) -> bool:
    """Whether an order is neither cancelled nor reversed."""
    return order.state != TransferOrderState.CANCELLED and getattr(order, "reversed_by", None) is None


def check_decided_again(request: TransferRequest) -> None:
    """Errors: RuleBroken while an order carries the decision out; it says which way is open."""
    if request.state not in DECIDABLE_AGAIN:
        raise RuleBroken(
            _(
                "An order carries this decision out, so it cannot simply be decided again. Grant “the officer stays or "
                "returns”: the order is then cancelled, or after the arrival reversed, and the officer can ask anew; or grant "
                "the next vacancy, or priority in the next round."
            ),
            FAIR,
        )


def check_outcome(appeal: Appeal, *, upheld: bool, remedy: str, reasons: str, public_outcome: str) -> None:
    """Reasons in writing to the officer; a sentence for everyone that names nobody; a remedy that fits."""
    check_words(reasons, _("Write the reasons: the officer reads them, and so may a court."))
    if upheld and remedy == Remedy.DECIDE_AGAIN and appeal.request is not None:
        check_decided_again(appeal.request)
    if upheld and remedy not in remedies_of(appeal):
        raise RuleBroken(_("Choose what the officer is given: an appeal upheld without a remedy is none."), FAIR)
    if not upheld and remedy != Remedy.NONE:
        raise RuleBroken(_("An appeal that is dismissed carries no remedy."), FAIR)
    check_words(
        public_outcome, _("Write the outcome in a sentence that names nobody: everyone in the service reads it.")
    )
    officer = appeal.officer
    names = [officer.service_number, *(part for part in officer.full_name.split() if len(part) > 2)]
    if named := next((each for each in names if each.lower() in public_outcome.lower()), ""):
        raise RuleBroken(
            _("The published outcome names the officer (“%(name)s”). Say it without a name.") % {"name": named}, FAIR
        )
