"""One stay at a unit told in several postings, because the duty or the post changed there: which ones belong together."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from deployment.models import Posting, PostingKind


def _live() -> QuerySet[Posting]:
    return Posting.objects.filter(kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)


def goes_on() -> Exists:
    """A condition on postings: the officer did not leave when it ended, but went on at the unit with another duty."""
    return Exists(_live().filter(officer=OuterRef("officer"), starts_on=OuterRef("ends_on"), arrived_on__isnull=False))


def is_continued(posting: Posting) -> bool:
    """Whether the posting ended because another duty began at the same unit."""
    return _next(posting) is not None


def last_stretch(posting: Posting) -> Posting:
    """The posting in which the stay at the unit ends or goes on now; the same where the duty never changed."""
    while (after := _next(posting)) is not None:
        posting = after
    return posting


def _next(posting: Posting) -> Posting | None:
    if posting.ends_on is None:
        return None
    return _live().filter(officer=posting.officer_id, starts_on=posting.ends_on, arrived_on__isnull=False).first()


def stretches_until(posting: Posting | None) -> list[Posting]:
    """The posting and those at the same unit that it goes on from, the latest first."""
    found = [posting] if posting else []
    while found and found[-1].arrived_on is not None:
        last = found[-1]
        before = _live().filter(officer=last.officer_id, unit=last.unit_id, ends_on=last.starts_on)
        earlier = before.filter(starts_on__lt=last.starts_on).first()
        if earlier is None:
            break
        found.append(earlier)
    return found
