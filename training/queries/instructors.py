"""Instructors with what they can do and what they are certified for, where the reader's scope reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.periods import in_force
from personnel.models import SkillHeld
from personnel.queries import visible_to
from personnel.validity import months_after
from training.models import Instructor, InstructorCertificate, TrainingRuleCode
from training.queries import rules
from training.queries.institutions import institutions, runs, sees_people

SPOKEN = "language"  # languages are skills too; they say nothing about teaching


def due_until(on: date) -> date:
    """The day up to which a certificate that lapses counts as due for renewal. Errors: RuleBroken without the rule."""
    return months_after(on, rules.value(TrainingRuleCode.REFRESHER_MONTHS, on))


def instructors_visible_to(user: Any, *, on: date) -> QuerySet[Instructor]:
    """Those who teach on the day, at institutions whose people the user may read by name."""
    counting = Q(certificates__withdrawn_on__isnull=True)
    return (
        Instructor.objects.filter(in_force(on), sees_people(user, on=on, field="institution__unit"))
        .select_related("officer__rank", "officer__unit", "institution__unit")
        .prefetch_related(_certificates(), _skills(on))
        .annotate(next_end=Min("certificates__expires_on", filter=counting))
    )


def places(user: Any, *, on: date) -> list[tuple[str, str]]:
    """The institutions whose instructors the user may read, as (code, name)."""
    here = institutions(on=on).filter(sees_people(user, on=on, field="pk"))
    return list(here.order_by("name").values_list("code", "name"))


def _certificates() -> Prefetch:
    counting = InstructorCertificate.objects.filter(withdrawn_on=None).select_related("programme", "course", "skill")
    return Prefetch("certificates", counting.order_by("expires_on"), to_attr="counting")


def _skills(on: date) -> Prefetch:
    held = SkillHeld.objects.exclude(state="refused").exclude(skill__category__code=SPOKEN).select_related("skill")
    return Prefetch("officer__skills", held.order_by("skill__name_en"), to_attr="to_teach")


def filtered(rows: QuerySet[Instructor], asked: dict[str, Any], *, on: date) -> QuerySet[Instructor]:
    """The instructors that the form of the list asks for."""
    if words := asked.get("q"):
        rows = rows.filter(Q(officer__service_number__startswith=words) | Q(officer__surname__istartswith=words))
    if code := asked.get("unit"):
        rows = rows.filter(institution__unit__code=code)
    counting = InstructorCertificate.objects.filter(instructor=OuterRef("pk"), withdrawn_on=None)
    state = asked.get("state")
    if state == "lapsed":
        rows = rows.filter(Exists(counting.filter(expires_on__lte=on)))
    elif state == "due":
        rows = rows.filter(Exists(counting.filter(expires_on__gt=on, expires_on__lte=due_until(on))))
    elif state == "none":
        rows = rows.exclude(Exists(counting))
    elif state == "elsewhere":
        rows = rows.exclude(officer__unit=F("institution__unit"))
    return rows


def access_instructor(user: Any, ref: str, *, on: date, permission: P = P.SEE_TRAINING) -> Instructor:
    """The instructor of that reference, past ones too, where the scope of the permission reaches. Errors: NotFound."""
    reach = (runs if permission == P.RUN_TRAINING else sees_people)(user, on=on, field="institution__unit")
    found = (
        Instructor.objects.filter(reach, ref=ref)
        .select_related("officer__rank", "officer__unit", "institution__unit")
        .prefetch_related(_certificates(), _skills(on))
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found


def access_certificate(user: Any, ref: str, *, on: date) -> InstructorCertificate:
    """The certificate of that reference, where the user runs training. Errors: NotFound."""
    rows = InstructorCertificate.objects.select_related("instructor__institution__unit", "instructor__officer")
    found = rows.filter(runs(user, on=on, field="instructor__institution__unit"), ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def files_open_to(user: Any, officers: Iterable[int], *, on: date) -> set[int]:
    """Those of the officers whose file the user may open: only to them does a page link. One statement."""
    keys = list(officers)
    return set(visible_to(user, on=on).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def withdrawn_of(instructor: Instructor) -> QuerySet[InstructorCertificate]:
    """Certificates that count no more."""
    rows = instructor.certificates.exclude(withdrawn_on=None)
    return rows.select_related("programme", "course", "skill")


def file_rows(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The list as plain rows, one a certificate, for a file."""
    for each in rows:
        officer = each.officer
        person = (
            each.institution.unit.code, officer.service_number, str(officer.rank or ""), officer.full_name,
            str(officer.unit or ""), each.starts_on, each.authority,
            ", ".join(str(held.skill) for held in officer.to_teach),
        )  # fmt: skip
        certificates = each.counting or [None]
        for one in certificates:
            yield (*person, *((str(one.programme or one.course or one.skill), one.number, one.issued_on, one.expires_on)
                              if one else ("", "", None, None)))  # fmt: skip
