"""The officers behind a number of the bird's-eye page: each list is as long as the number that opens it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from deployment.models import Posting, PostingKind
from deployment.models.postings import AWAY_KINDS
from deployment.queries.tenure import (
    SERIOUS_OPERATION_AREA,
    counting_before,
    counts_from,
    duration,
    limits,
    months_between,
)
from deployment.strength import Question
from hcims.periods import in_force
from organisation.models import EstablishmentLine, UnitClassing, UnitClosure
from personnel.validity import months_after

ATTACHED = (PostingKind.ATTACHMENT, PostingKind.SECONDMENT)


def holders(question: Question, kind: str) -> QuerySet[Posting]:
    """The postings whose officers a list holds. Shape: `kind` is one of deployment.measures.LISTS that holds officers."""
    postings = Posting.objects.in_force(question.on).filter(
        _posts(question), voided_at__isnull=True, post_rank__isnull=False
    )
    if kind == "attached":
        return postings.filter(_officers(question.but(tenure="")), kind__in=ATTACHED)
    postings = postings.filter(kind=PostingKind.SUBSTANTIVE)
    if kind == "over":
        return _above_the_posts(question, postings)
    return postings.filter(_officers(question), _kind(question, kind))


def listed(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """The rows of the page, the longest there first."""
    return postings.select_related("officer__rank", "unit", "duty", "post_rank", "post_skill").order_by(
        "post_rank__order", "starts_on", "officer__service_number"
    )


def _posts(question: Question) -> Q:
    if question.alone:
        wanted = Q(unit=question.unit)
    else:
        below = UnitClosure.objects.filter(in_force(question.on), ancestor=question.unit)
        wanted = Q(unit__in=below.values("descendant"))
    if question.within:
        today = UnitClosure.objects.filter(ancestor__in=question.within).filter(
            in_force(question.today) | Q(ends_on=F("descendant__closed_on"), ends_on__lte=question.today)
        )
        wanted &= Q(unit__in=today.values("descendant"))
    if question.county is not None:
        wanted &= Q(unit__county=question.county or None) if question.county else Q(unit__county__isnull=True)
    if question.ranks is not None:
        wanted &= Q(post_rank__in=question.ranks)
    if question.skill is not None:
        wanted &= Q(post_skill=question.skill) if question.skill else Q(post_skill__isnull=True)
    return wanted


def _officers(question: Question) -> Q:
    wanted = Q()
    if question.service:
        wanted &= Q(officer__service=question.service)
    if question.sex:
        wanted &= Q(officer__sex=question.sex)
    if question.tenure == "over":
        wanted &= _overdue(question)
    if question.tenure == "unknown":
        wanted &= Q(start_known=False)
    return wanted


def _overdue(question: Question) -> Q:
    operations = UnitClassing.objects.filter(in_force(question.on), unit_class__code=SERIOUS_OPERATION_AREA)
    return Q(start_known=True) & (
        counting_before(question.overdue_before)
        | (Q(unit__in=operations.values("unit")) & counting_before(question.overdue_before_in_operations))
    )


def _kind(question: Question, kind: str) -> Q:
    away = Posting.objects.in_force(question.on).filter(kind__in=AWAY_KINDS, voided_at__isnull=True).values("officer")
    return {
        "posted": Q(),
        "effective": ~Q(officer__in=away),
        "away": Q(officer__in=away),
        "overdue": _overdue(question),
        "unknown": Q(start_known=False),
        "non-core": Q(duty__in=question.non_core),
        "women": Q(officer__sex="F"),
    }[kind]


def _above_the_posts(question: Question, postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """Of each line the holders who came when it was full: the first to come fill the posts there are."""
    line = EstablishmentLine.objects.filter(
        in_force(question.on), baseline=question.baseline, unit=OuterRef("unit"), rank=OuterRef("post_rank")
    ).annotate(asked=Coalesce("skill", Value(0)))
    place: Any = Window(
        RowNumber(),
        partition_by=[F("unit"), F("post_rank"), F("post_skill")],
        order_by=[Coalesce("arrived_on", "starts_on"), F("pk")],
    )
    return (
        postings.annotate(wanted_skill=Coalesce("post_skill", Value(0)))
        .annotate(
            posts=Coalesce(Subquery(line.filter(asked=OuterRef("wanted_skill")).values("posts")[:1]), Value(0)),
            place=place,
        )
        .filter(place__gt=F("posts"))
    )


def with_time(page: Iterable[Posting], *, on: date) -> list[tuple[Posting, str, bool]]:
    """Each with how long the officer has been there, in words, and whether that is over the limit; empty where the arrival
    is unknown."""
    known, rows = limits(on), []
    for each in page:
        since = counts_from(each)
        months = months_between(since, on) if since else 0
        limit = known.of(each.unit_id) if since and each.kind == PostingKind.SUBSTANTIVE else None
        # To the day, as the number behind the list counts: whole months would miss whoever is days over.
        is_over = bool(since and limit and since < months_after(on, -limit))
        rows.append((each, duration(months) if since else "", is_over))
    return rows


def as_file(postings: QuerySet[Posting]) -> tuple[list[str], Any]:
    """Columns and rows of an export; an unknown arrival is left empty, never guessed."""
    columns = [
        "Service number",
        "Name",
        "Rank",
        "Post",
        "Skill of the post",
        "Unit",
        "Name of the unit",
        "Duty",
        "Since",
    ]
    rows = (
        [
            each.officer.service_number,
            each.officer.full_name,
            each.officer.rank.code if each.officer.rank else "",
            each.post_rank.code if each.post_rank else "",
            each.post_skill.code if each.post_skill else "",
            each.unit.code,
            each.unit.name,
            each.duty.name_en,
            each.arrival if each.start_known else "",
        ]
        for each in postings.iterator(chunk_size=2000)
    )
    return columns, rows
