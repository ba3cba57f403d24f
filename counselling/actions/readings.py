"""Readings stand in the case log before what is read is served."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counselling import case_log
from counselling.models import CaseDeed
from hcims.actions import action


@action
def note_list(*, count: int, by: Any, at: datetime) -> None:
    """This function will record that somebody reads a page of his or her own cases."""
    case_log.record(CaseDeed.LIST_READ, by=by, at=at, detail=count)


@action
def note_reading(*, case: Any, by: Any, at: datetime, deed: CaseDeed = CaseDeed.CASE_READ, detail: str = "") -> None:
    """This function will record that a case, an attachment or the log of a case is read."""
    case_log.record(deed, case=case, by=by, at=at, detail=detail)


@action
def note_referrals(*, count: int, by: Any, at: datetime) -> None:
    """This function will record that somebody reads referrals to himself or herself."""
    case_log.record(CaseDeed.REFERRAL_READ, by=by, at=at, detail=count)


@action
def note_share(*, opening: Any, by: Any, at: datetime, is_inner: bool) -> None:
    """This function will record that a custodian takes a part of a share, before it is served."""
    deed = CaseDeed.INNER_TAKEN if is_inner else CaseDeed.SHARE_TAKEN
    case_log.record(deed, case=opening.case, by=by, at=at, detail=opening.ref)
