"""A change of duty of many officers, in a few statements. For `desk.actions` alone, which keeps the deed and the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from deployment.models import Duty, Posting
from hcims.actions import action
from hcims.bulk import insert
from personnel.actions.many import keep_before, keep_many
from personnel.many import Change
from personnel.queries.many import Standing

CARRIED = ("officer_id", "unit_id", "post_rank_id", "post_skill_id", "start_known", "order_reference",
           "overstrength_authority")  # fmt: skip


@action
def change_duty_of_many(*, changes: Sequence[Change], duty: Duty, paper: str, by: Any, at: datetime) -> None:
    """This function will change what many posted officers do from today, as change_duty does of one; tenure goes on.

    Shape: a change with the reference of the posting itself puts right one that begins today; any other reference is that
    of the posting to begin.
    """
    today = timezone.localdate(at)
    held = {each.pk: each for each in Posting.objects.filter(pk__in=[each.key for each in changes])}
    going_on = [each for each in changes if each.ref != held[each.key or 0].ref]
    ended = [held[each.key or 0] for each in going_on]
    refs = [each.ref for each in held.values()]
    keep_before(Posting, refs, at=at)
    begun_today = Posting.objects.filter(pk__in=set(held) - {each.pk for each in ended})
    begun_today.update(duty=duty)
    Posting.objects.filter(pk__in=[each.pk for each in ended]).update(ends_on=today)
    keep_many(Posting, refs, kind="~", by=by, paper=paper, at=at)
    columns = ("ref", "kind", "duty_id", "starts_on", "arrived_on", "tenure_since", "source", "void_reason", *CARRIED)
    rows = [
        (change.ref, before.kind, duty.pk, today, before.arrival, before.tenure_since or before.starts_on, paper[:200], "",
         *(getattr(before, name) for name in CARRIED))
        for change, before in zip(going_on, ended, strict=True)
    ]  # fmt: skip
    insert(Posting, columns, rows)
    keep_many(Posting, [each.ref for each in going_on], kind="+", by=by, paper=paper, at=at)


def held_before(found: Sequence[Standing]) -> tuple[list[Standing], list[str]]:
    """What taking back would do, and the postings that are in force again where the one begun is taken out.

    One to which a return or another record points by now stays.
    """
    begun = [each.key for each in found if each.key and not each.before and not each.kept]
    ends = {each.pk: (each.officer_id, each.unit_id, each.starts_on) for each in Posting.objects.filter(pk__in=begun)}
    officers = [officer for officer, _unit, _day in ends.values()]
    earlier = Posting.objects.filter(officer__in=officers, ends_on__in={day for *_who, day in ends.values()})
    earlier = earlier.filter(kind="substantive", voided_at__isnull=True, starts_on__lt=F("ends_on"))
    before = {(each.officer_id, each.unit_id, each.ends_on): each.ref for each in earlier.select_for_update()}
    pointed = _pointed_to(begun)
    kept = {key for key, when in ends.items() if when not in before or key in pointed}
    why = _("The record was changed since.")
    found = [replace(each, key=None, kept=why) if each.key in kept else each for each in found]
    return found, [before[when] for key, when in ends.items() if key not in kept]


def _pointed_to(postings: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for relation in Posting._meta.related_objects:
        name = relation.field.name
        model: Any = relation.related_model
        found |= set(model._default_manager.filter(**{f"{name}__in": postings}).values_list(name, flat=True))
    return found


@action
def take_up_again(*, refs: Sequence[str], by: Any, paper: str, at: datetime) -> None:
    """This function will let postings run on that a deed had ended, the ones it began being taken out."""
    Posting.objects.filter(ref__in=refs).update(ends_on=None)
    keep_many(Posting, refs, kind="~", by=by, paper=paper, at=at)
