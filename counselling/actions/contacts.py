"""Contacts of peer support: an envelope is kept, opened at night, struck out by its owner; a tally comes from paper.

None of this writes to the audit trail: its rows carry a moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from counselling import grants, receiving
from counselling.envelopes import point_of, textual
from counselling.models import Contact, ContactGrant, ContactInbox, ContactSource, EnvelopesLost, PhoneDevice
from counselling.policies.contacts import check_can_log, check_month_open
from counselling.queries import contacts as queries
from counselling.receiving import Refused, Told, Unopened
from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.errors import RuleBroken
from organisation.models import County

MOST_REFUSED = 999  # more than anybody logs in a month: a phone gone mad is told so much
MOST_UNOPENED = 5_000  # envelopes that no key opens, kept at once: five megabytes
AT_ONCE = 500  # envelopes in one transaction


@dataclass
class Received:
    """What one night's opening did. Printed by the command, kept nowhere."""

    taken: int = 0
    refused: int = 0
    unopened: int = 0  # kept: no key at hand opens them


@action
def keep_envelope(*, client_id: UUID, sealed: bytes) -> None:
    """This function will keep an envelope until the worker opens it; one that came before changes nothing."""
    ContactInbox.objects.bulk_create([ContactInbox(client_id=client_id, sealed=sealed)], ignore_conflicts=True)


def receive_contacts(*, keys: Sequence[ec.EllipticCurvePrivateKey], on: date) -> Received:
    """This function will open every waiting envelope, in an order that has nothing to do with when it came.

    Errors: RuleBroken where the private half of the key in use is missing; opening nothing is better than losing all.
    """
    if (point := queries.receiving_point()) and point not in {textual(point_of(key)) for key in keys}:
        raise RuleBroken(_("The private half of the key that phones seal to is not in the worker's file."))
    done, last = Received(), None
    while last := _receive(keys=keys, on=on, done=done, after=last):
        pass
    _tidy(on=on)
    return done


@action
def _receive(
    *, keys: Sequence[ec.EllipticCurvePrivateKey], on: date, done: Received, after: UUID | None
) -> UUID | None:
    """One transaction's worth, from an identifier on; the last of them. The envelopes are locked, in primary-key order."""
    waiting = list(queries.waiting_envelopes(after=after)[:AT_ONCE])
    known, devices = queries.known_words(on=on), _Devices(on)
    unopened: list[ContactInbox] = []
    taken: list[tuple[ContactInbox, PhoneDevice, Told]] = []
    refused: list[UUID] = []
    senders: Counter[PhoneDevice] = Counter()
    for each in waiting:
        try:
            told = receiving.told(bytes(each.sealed), each.client_id, keys, known)
            taken.append((each, devices.of(told), told))
        except Unopened:
            unopened.append(each)
        except Refused as refusal:
            refused.append(each.client_id)
            senders.update(devices.who(refusal.secret))
    counties = {each.code: each for each in queries.counties()}
    _enter([(device.supporter, _contact(told, counties[told.county])) for _each, device, told in taken])
    late = queries.months_late(on=on)
    for each, _device, told in taken:
        each.sealed, each.forget_from = b"", receiving.months_after(told.month, late + 1)
    ContactInbox.objects.bulk_update([each for each, _device, _told in taken], ["sealed", "forget_from"])
    ContactInbox.objects.filter(pk__in=refused).delete()
    _tell(senders, on=on)
    _keep_unopened(unopened, on=on)
    done.taken, done.refused = done.taken + len(taken), done.refused + len(refused)
    done.unopened += len(unopened)
    return waiting[-1].client_id if waiting else None


def _keep_unopened(unopened: list[ContactInbox], *, on: date) -> None:
    """An older key may come back from the safe: what was not opened is kept for as long as its month could be taken.

    Anybody can send junk of the right shape, so no more than so many are kept; the rest is counted as lost at once.
    """
    fresh = [each for each in unopened if not each.forget_from]
    room = max(0, MOST_UNOPENED - queries.unopened_envelopes().count())
    until = receiving.months_after(receiving.month_of(on), queries.months_late(on=on) + 1)
    kept, surplus = fresh[:room], fresh[room:]
    for each in kept:
        each.forget_from = until
    ContactInbox.objects.bulk_update(kept, ["forget_from"])
    ContactInbox.objects.filter(pk__in=[each.pk for each in surplus]).delete()
    _count_lost(Counter({receiving.month_of(on): len(surplus)}) if surplus else Counter())


def _count_lost(lost: Counter[str]) -> None:
    """By the month in which they were first tried."""
    for month, number in lost.items():
        row, _made = EnvelopesLost.objects.get_or_create(month=month, defaults={"number": 0})
        EnvelopesLost.objects.filter(pk=row.pk).update(number=F("number") + number)


class _Devices:
    """The phones, and which of them are in force and belong to somebody who may still log."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.by_digest = {each.digest: each for each in queries.devices()}
        self.may: dict[int, bool] = {}

    def of(self, told: Told) -> PhoneDevice:
        device = self.by_digest.get(receiving.digest_of(told.secret))
        if device is None or device.ended_month:
            raise Refused("no phone in force", told.secret)
        if device.supporter_id not in self.may:
            self.may[device.supporter_id] = device.supporter.can(Permission.LOG_CONTACTS, on=self.on)
        if not self.may[device.supporter_id]:
            raise Refused("no supporter any more", told.secret)
        return device

    def who(self, secret: str) -> list[PhoneDevice]:
        """The phone of a secret, if there is one."""
        device = self.by_digest.get(receiving.digest_of(secret))
        return [device] if device else []


def _tell(senders: Counter[PhoneDevice], *, on: date) -> None:
    """So that nothing is lost without a word: the owner of a phone sees how many were refused this month, and no more."""
    month = receiving.month_of(on)
    for device, count in senders.items():
        before = device.refused if device.refused_month == month else 0
        device.refused, device.refused_month = min(before + count, MOST_REFUSED), month
    PhoneDevice.objects.bulk_update(senders, ["refused", "refused_month"])


def _contact(told: Told, county: County) -> Contact:
    return Contact(
        month=told.month,
        county=county,
        kind=told.kind,
        theme=told.theme,
        duration=told.duration,
        mode=told.mode,
        referral=told.referral,
        source=ContactSource.PHONE,
    )


def _enter(owned: list[tuple[Any, Contact]]) -> None:
    permission = grants.permission_of(Contact)
    Contact.objects.bulk_create([contact for _user, contact in owned])
    ContactGrant.objects.bulk_create(
        [ContactGrant(user=user, permission=permission, content_object=contact) for user, contact in owned]
    )


@action
def _tidy(*, on: date) -> None:
    """What is past its time goes; and the rows of months still open are written anew, so that none looks newer."""
    month, kept_from = receiving.month_of(on), receiving.month_of(on, earlier=queries.months_kept(on=on))
    given_up = Counter(
        queries.unopened_envelopes().filter(forget_from__lte=month).values_list("forget_from", flat=True)
    )
    back = queries.months_late(on=on) + 1
    _count_lost(Counter({receiving.months_after(until, -back): number for until, number in given_up.items()}))
    EnvelopesLost.objects.filter(month__lt=kept_from).delete()
    ContactInbox.objects.exclude(forget_from="").filter(forget_from__lte=month).delete()
    Contact.objects.filter(month__lt=kept_from).delete()
    stale = PhoneDevice.objects.exclude(refused_month="").filter(refused_month__lt=receiving.month_of(on, earlier=1))
    stale.update(refused=0, refused_month="")
    if connection.vendor == "postgresql":  # its rows carry the number of the transaction that wrote them
        open_ones = Contact.objects.filter(month__in=queries.months_open(on=on))
        ContactGrant.objects.filter(content_object__in=open_ones).update(ends_at=F("ends_at"))
        open_ones.update(count=F("count"))
        PhoneDevice.objects.update(refused=F("refused"))
        ContactInbox.objects.exclude(forget_from="").update(forget_from=F("forget_from"))


@action
def strike_out(*, key: int, by: Any, at: datetime, on: date) -> None:
    """This function will remove one's own contact while its month is open. Errors: NotFound, RuleBroken."""
    contact = queries.access_own_contact(by, key, at=at)
    check_month_open(contact.month, on=on)
    contact.delete()


@action
def enter_tally(*, month: str, county: County, lines: dict[tuple[str, str], int], by: Any, on: date) -> int:
    """This function will enter what was counted on paper: how many of each kind and theme. Returns how many in all.

    Errors: NotAllowed, RuleBroken for a month that is not open or a tally of nothing.
    """
    check_can_log(by, on=on)
    check_month_open(month, on=on)
    counted = {pair: count for pair, count in lines.items() if count}
    if not counted:
        raise RuleBroken(_("The tally is empty: enter at least one number."))
    fields = {"month": month, "county": county, "source": ContactSource.PAPER}
    _enter([(by, Contact(kind=kind, theme=theme, count=count, **fields)) for (kind, theme), count in counted.items()])
    return sum(counted.values())
