"""Writes the invented officers: records, rank holdings, postings, skills, and the history rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from deployment.models import CasualtyReturn, Duty, Posting
from desk.demo.people import Person
from desk.demo.units import Draft
from hcims import bulk
from hcims.encryption import blind_index, encrypt
from hcims.references import new_reference
from organisation.models import County, Rank, Skill
from personnel.models import Officer, RankHolding, SkillHeld

PAPER = "Demonstration roll 1"


class Keys:
    """Primary keys by the codes that the plan speaks in."""

    def __init__(self, drafts: dict[str, Draft]) -> None:
        self.units = {code: each.unit.pk for code, each in drafts.items()}
        self.ranks = {each.order: each.pk for each in Rank.objects.all()}
        self.skills: dict[str, int | None] = {each.code: each.pk for each in Skill.objects.all()} | {"": None}
        self.duties = {each.code: each.pk for each in Duty.objects.all()}
        self.counties = {each.code: each.pk for each in County.objects.all()}


def store(people: Iterable[Person], drafts: dict[str, Draft], *, at: datetime, by: Any) -> None:
    """This function will write everything the tables hold about the invented people."""
    everyone, keys = list(people), Keys(drafts)
    first = bulk.next_id(Officer)
    numbered = list(enumerate(everyone, start=first))
    _insert(Officer, [_officer(pk, each, keys) for pk, each in numbered])
    _insert(RankHolding, (row for pk, each in numbered for row in _ranks(pk, each, keys)))
    _insert(Posting, (row for pk, each in numbered for row in _postings(pk, each, keys)))
    _insert(SkillHeld, (row for pk, each in numbered for row in _skills(pk, each, keys)))
    bulk.keep_sequence(Officer)
    for model in (Officer, RankHolding, Posting, SkillHeld):
        _history(model, at, by)
    _returns(at, by)


def _insert(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    rows = iter(rows)
    first = next(rows)
    columns = list(first)
    bulk.insert(model, columns, (tuple(row.values()) for row in _with(first, rows)))


def _with(first: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rows


def _officer(pk: int, each: Person, keys: Keys) -> dict[str, Any]:
    return {
        "id": pk,
        "ref": new_reference(),
        "member": "officer",
        "service_number": each.number,
        "surname": each.surname,
        "other_names": each.other_names,
        "sex": each.sex,
        "born_on": each.born_on,
        "service": each.service,
        "enlisted_on": each.enlisted_on,
        "home_county_id": keys.counties[each.home_county],
        "house_allowance_place": "",
        "national_id": encrypt(each.national_id),
        "national_id_index": blind_index(each.national_id),
        "kra_pin": encrypt(each.kra_pin),
        "kra_pin_index": blind_index(each.kra_pin),
        "phone": encrypt(each.phone),
        "personal_email": "",
        "bank_name": "Demonstration Bank",
        "bank_branch": "Main",
        "bank_account": encrypt(each.account),
        "photo": "",
        "exit_reason": "",
        "exit_authority": "",
        "rank_id": keys.ranks[each.rank],
        "unit_id": keys.units[each.post.unit],
    }


def _ranks(pk: int, each: Person, keys: Keys) -> Iterator[dict[str, Any]]:
    """The rank held now, and one holding before it for those who have been promoted."""
    if each.rank < 14 and each.rank_since > each.enlisted_on:
        yield _rank_row(pk, keys.ranks[min(14, each.rank + 1)], each.enlisted_on, each.rank_since)
    yield _rank_row(pk, keys.ranks[each.rank], each.rank_since, None)


def _rank_row(pk: int, rank: int, starts_on: date, ends_on: date | None) -> dict[str, Any]:
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "start_known": True,
        "authority": PAPER,
        "void_reason": "",
        "officer_id": pk,
        "rank_id": rank,
    }


def _postings(pk: int, each: Person, keys: Keys) -> Iterator[dict[str, Any]]:
    def row(unit: str, starts_on: date, ends_on: date | None, known: bool, skill: str) -> dict[str, Any]:
        return {
            "ref": new_reference(),
            "officer_id": pk,
            "kind": "substantive",
            "unit_id": keys.units[unit],
            "duty_id": keys.duties[each.duty],
            "post_rank_id": keys.ranks[each.post.rank if ends_on is None else each.rank],
            "post_skill_id": keys.skills[skill],
            "starts_on": starts_on,
            "ends_on": ends_on,
            "start_known": known,
            "order_reference": f"SIG/{starts_on:%Y}/{pk % 900 + 100}",
            "overstrength_authority": "",
            "source": PAPER,
            "void_reason": "",
        }

    yield row(each.post.unit, each.arrived_on, None, each.start_known, each.post.skill)
    for unit, starts_on, ends_on in each.earlier:
        yield row(unit, starts_on, ends_on, True, "")


def _skills(pk: int, each: Person, keys: Keys) -> Iterator[dict[str, Any]]:
    for code, level, acquired_on, expires_on, state in each.skills:
        yield {
            "ref": new_reference(),
            "state": state,
            "evidence": "",
            "source": PAPER,
            "check_note": "",
            "officer_id": pk,
            "skill_id": keys.skills[code],
            "level": level,
            "acquired_on": acquired_on,
            "expires_on": expires_on,
        }


def _history(model: Any, at: datetime, by: Any) -> None:
    """The first history row of each record, copied inside the database."""
    history = model.history.model
    own = {"history_id", "history_date", "history_change_reason", "history_type", "history_user_id"}
    columns = [field.column for field in history._meta.concrete_fields if field.column not in own]
    names = ", ".join(f'"{each}"' for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{history._meta.db_table}" ({names}, history_date, history_change_reason, history_type, '  # noqa: S608
            f'history_user_id) SELECT {names}, %s, %s, %s, %s FROM "{model._meta.db_table}"',
            [at.replace(tzinfo=None).isoformat(" ") if connection.vendor == "sqlite" else at, PAPER, "+", by.pk],
        )


def _returns(at: datetime, by: Any) -> None:
    """Casualty returns for most arrivals and departures of the last year; the missing ones are what the ledger shows."""
    since = timezone.localdate(at) - timedelta(days=365)
    came = Posting.objects.filter(starts_on__gt=since, ends_on__isnull=True).values_list("pk", "starts_on")
    left = Posting.objects.filter(ends_on__gt=since).values_list("pk", "ends_on")
    CasualtyReturn.objects.bulk_create(
        [
            CasualtyReturn(posting_id=pk, kind=kind, happened_on=day, recorded_by=by, recorded_at=at)
            for kind, rows in (("arrival", came), ("departure", left))
            for pk, day in rows
            if pk % 23
        ],
        batch_size=1_000,
    )
