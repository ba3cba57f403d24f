"""Opening one case without its counsellor: one asks, two custodians act, one reads for 24 hours. There is no deed for two cases.

Each step stands in the case log before what it makes possible.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import case_access, case_log
from counselling.actions.sharing import replace_holder
from counselling.models import (
    CaseDeed,
    CounsellorKey,
    GrantKind,
    GrantReason,
    Opening,
    OpeningGround,
    OpeningState,
)
from counselling.moving import locked, move
from counselling.policies import custody
from counselling.policies.cases import check_can_receive
from counselling.queries import cases as queries
from counselling.queries import keys
from counselling.queries import openings as reading
from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.errors import NotAllowed, NotFound, RuleBroken
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice

PAPER = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 /.()\-]{2,59}")

CASES, KEYS = "/counselling/", "/counselling/keys/"


@action
def ask_opening(*, case_ref: str, ground: str, paper: str, reader: CounsellorKey, by: Any, at: datetime) -> Opening:
    """This function will ask two custodians to open one case to one reader.

    Errors: NotAllowed, NotFound, RuleBroken.
    """
    on = timezone.localdate(at)
    if not by.can(Permission.REQUEST_OPENING, on=on):
        raise NotAllowed(_("Counsellors and the wellbeing lead ask for an opening."), "")
    if not PAPER.fullmatch(paper):
        raise RuleBroken(
            _("The number of the order or report: letters, digits, / . ( ) and -, at least one digit, no name."),
            "paper",
        )
    case = locked(case_access.case_to_open(case_ref))
    end_over(at=at, case=case)
    check_can_receive(reader.user, case, on=on)
    if case_access.is_reader(reader.user, case, at=at):
        raise RuleBroken(_("This counsellor can open the case already."), "reader")
    if not case.shares.filter(key_version=case.key_version).exists():
        raise RuleBroken(_("No custodian has a share of this case."), "case")
    opening = Opening.objects.create(
        case=case, ground=ground, paper=paper, requested_by=by, requested_at=at, reader=reader.user, reader_key=reader
    )
    case_log.record(CaseDeed.OPENING_ASKED, case=case, by=by, at=at, to=reader.user, detail=opening.ref, reason=ground)
    custodians = [each.outer.user for each in case.shares.select_related("outer__user")]
    notify_many([each for each in custodians if each != by], Notice.SOMETHING_WAITS, at=at, link=KEYS)
    return opening


@action
def act_first(*, opening: Opening, inner_sealed: bytes, by: Any, at: datetime) -> None:
    """This function will keep what the first custodian opened: still sealed, to the second one of the pair.

    A third custodian can begin again with a pair of their own, where the second one of the first pair cannot be reached.
    Errors: NotAllowed, NotFound, RuleBroken, InvalidTransition.
    """
    opening, key = _acting(opening, by, at)
    share = reading.share_of(opening, key)
    if share is None:
        raise RuleBroken(_("There is no share for you to open now."), "")
    custody.check_can_act(share.inner.user, opening)
    changes = {"outer": key, "inner": share.inner, "inner_sealed": inner_sealed}
    if opening.state == OpeningState.HALF_OPEN:
        for name, value in changes.items():
            setattr(opening, name, value)
        opening.save(update_fields=list(changes))
    else:
        move(opening, OpeningState.HALF_OPEN, **changes)
    case_log.record(CaseDeed.OPENING_HALF, case=opening.case, by=by, at=at, to=share.inner.user, detail=opening.ref)
    notify(share.inner.user, Notice.SOMETHING_WAITS, at=at, link=KEYS)


@action
def act_second(*, opening: Opening, wrapped: bytes, by: Any, at: datetime) -> None:
    """This function will open the case to its reader: the second custodian saw its secret, which is on record.

    Errors: NotAllowed, NotFound, RuleBroken, InvalidTransition.
    """
    on = timezone.localdate(at)
    opening, key = _acting(opening, by, at)
    if opening.inner_id != key.pk or opening.outer_id == key.pk:
        raise NotAllowed(_("Another custodian acts second."), custody.TWO)
    keys.certified_key(opening.reader.ref, opening.reader_key.ref)
    check_can_receive(opening.reader, opening.case, on=on)
    case_log.record(CaseDeed.SECRET_SEEN, case=opening.case, by=by, at=at, detail=opening.ref)
    case = opening.case
    told = case_access.holder(case)
    ends_at = queries.opening_ends(at, on=on)
    if opening.ground == OpeningGround.SUCCESSION:
        replace_holder(case=case, to=opening.reader, reason=GrantReason.SUCCESSION, wrapped=wrapped, by=by, at=at)
        case.rekey_due_at, ends_at = at, at
    else:
        case_access.give(
            case=case, to=opening.reader, kind=GrantKind.BREAK_GLASS, reason=opening.ground, wrapped=wrapped, by=by,
            at=at, ends_at=ends_at,
        )  # fmt: skip
        case.rekey_due_at = ends_at
    case.save(update_fields=["rekey_due_at"])
    move(opening, OpeningState.OPEN, opened_at=at, ends_at=ends_at, inner_sealed=b"", told_on=on if told else None)
    case_log.record(
        CaseDeed.OPENED, case=case, by=by, at=at, to=opening.reader, detail=opening.ref, reason=opening.ground
    )
    if opening.ground == OpeningGround.SUCCESSION:
        _end(opening, at=at)
    for person in {told, opening.reader} - {None}:
        notify(person, Notice.SOMETHING_WAITS, at=at, link=CASES)


@action
def refuse_opening(*, opening: Opening, reason: str, by: Any, at: datetime) -> None:
    """This function will refuse an opening: one custodian is enough for a no. Errors: NotAllowed, InvalidTransition."""
    opening, _key = _acting(opening, by, at)
    move(opening, OpeningState.REFUSED, refused_reason=reason, inner_sealed=b"")
    case_log.record(CaseDeed.OPENING_REFUSED, case=opening.case, by=by, at=at, detail=opening.ref, reason=reason)


@action
def end_over(*, at: datetime, case: Any = None) -> int:
    """This function will end openings whose time is over and destroy their readers' wrapped keys; says how many."""
    found = reading.ended_unmarked(at=at)
    over = list((found.filter(case=case) if case else found).order_by("pk"))
    for opening in over:
        _end(locked(opening), at=at)
    case_access.forget_ended(at=at, case=case)
    return len(over)


def _end(opening: Opening, *, at: datetime) -> None:
    move(opening, OpeningState.ENDED)
    case_log.record(CaseDeed.OPENING_ENDED, case=opening.case, by=None, at=at, to=opening.reader, detail=opening.ref)


def _acting(opening: Opening, by: Any, at: datetime) -> tuple[Opening, Any]:
    """The opening as it stands, locked, and the custodian's key. Errors: NotAllowed, NotFound."""
    custody.check_can_keep_keys(by, on=timezone.localdate(at))
    key = keys.access_custodian_key(by)
    if not keys.is_pinned(key):
        raise NotFound(opening.ref)
    opening = locked(opening)
    custody.check_can_act(by, opening)
    return opening, key
