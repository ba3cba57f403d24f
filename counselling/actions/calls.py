"""Requests to be called back: kept sealed, deleted when answered or when their time is over. Nothing of them is on any trail."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from counselling.envelopes import SHORTEST
from counselling.models import CallRequest, Supporter
from counselling.policies import supporters as policies
from hcims.actions import action
from hcims.errors import RuleBroken

LARGEST = 512  # bytes of one sealed request; phones fill theirs up to one length, so that it says nothing
MOST_WAITING = 30  # for one supporter: whoever floods a colleague gets no further
POINT = 65  # bytes of a public key


def forgotten_from(on: date) -> date:
    """The Monday after next week: the same for all that comes in one week."""
    return on + timedelta(days=14 - on.weekday())


@action
def keep_request(*, supporter: Supporter, sealed: bytes, on: date) -> CallRequest:
    """This function will keep a sealed request. Nobody is known to have sent it.

    Errors: RuleBroken where it is no envelope, or too many wait for this supporter.
    """
    if not SHORTEST < len(sealed) <= LARGEST:
        raise RuleBroken(_("This is no sealed request."))
    if supporter.calls.filter(expires_on__gt=on).count() >= MOST_WAITING:
        raise RuleBroken(_("Too many requests wait for this supporter."))
    return CallRequest.objects.create(supporter=supporter, sealed=sealed, expires_on=forgotten_from(on))


@action
def use_phone(*, supporter: Supporter, point: bytes, by: Any, on: date) -> Supporter:
    """This function will take a phone's public key, to which requests are sealed from now on. The last phone wins.

    Errors: NotAllowed for anybody but the supporter, RuleBroken for what is no key.
    """
    policies.check_own(by, supporter)
    policies.check_in_service(supporter, on=on)
    if len(point) != POINT or point[:1] != b"\x04":
        raise RuleBroken(_("This is no public key."))
    return _with_key(supporter, base64.b64encode(point).decode())


@action
def stop_requests(*, supporter: Supporter, by: Any) -> Supporter:
    """This function will take the supporter's key away, so that nobody can ask any more, and delete what waits."""
    policies.check_own(by, supporter)
    supporter.calls.all().delete()
    return _with_key(supporter, "")


@action
def delete_request(*, supporter: Supporter, key: int, by: Any) -> None:
    """This function will delete a request that was answered; one that is gone already is no error."""
    policies.check_own(by, supporter)
    supporter.calls.filter(pk=key).delete()


@action
def forget_requests(*, on: date) -> int:
    """This function will delete the requests whose time is over."""
    return CallRequest.objects.filter(expires_on__lte=on).delete()[0]


def _with_key(supporter: Supporter, key: str) -> Supporter:
    supporter.call_key = key
    supporter.save(update_fields=["call_key"])
    return supporter
