"""Establishment: how many posts of which rank and skill each unit should have, by what authority, from when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hcims.database_rules import NoOverlap
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models.catalogue import Rank, Skill
from organisation.models.units import Unit


class Baseline(models.TextChoices):
    """Two yardsticks side by side: what was approved on paper, and what there is money and people for."""

    AUTHORISED = "authorised", "Authorised establishment"
    WORKING = "working", "Working strength"


class VersionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted for approval"
    IN_FORCE = "in-force", "In force"
    RETURNED = "returned", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


class EstablishmentVersion(models.Model):
    """A paper that changes authorised posts from a day on. Drafted by one person, approved by another."""

    TRANSITIONS = {
        VersionState.DRAFT: {VersionState.SUBMITTED, VersionState.WITHDRAWN},
        VersionState.SUBMITTED: {VersionState.IN_FORCE, VersionState.RETURNED, VersionState.WITHDRAWN},
        VersionState.RETURNED: {VersionState.SUBMITTED, VersionState.WITHDRAWN},
        VersionState.IN_FORCE: set(),
        VersionState.WITHDRAWN: set(),
    }
    PENS = {
        VersionState.DRAFT: "HR officer",
        VersionState.SUBMITTED: "approving authority",
        VersionState.RETURNED: "HR officer",
        VersionState.IN_FORCE: "nobody",
        VersionState.WITHDRAWN: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    baseline = models.CharField(max_length=10, choices=Baseline)
    title = models.CharField(max_length=120)
    authority = models.CharField("authority (paper, number, date)", max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="establishment_versions")  # its area
    effective_on = models.DateField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="organisation_version_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("drafted_by")),
                name="organisation_version_needs_two",
                violation_error_message="Whoever drafted a version cannot decide on it.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EstablishmentChange(models.Model):
    """One cell of a version: the posts a unit is to have of a rank and skill from the version's day."""

    version = models.ForeignKey(EstablishmentVersion, on_delete=models.CASCADE, related_name="changes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    posts = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "unit", "rank", "skill"],
                name="organisation_change_once",
            ),
            models.UniqueConstraint(
                fields=["version", "unit", "rank"],
                condition=Q(skill__isnull=True),
                name="organisation_change_once_without_skill",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rank_id}: {self.posts}"


class EstablishmentLine(Period):
    """Authorised posts of one unit, rank and skill, while a version says so. Zero posts is no line."""

    version = models.ForeignKey(EstablishmentVersion, on_delete=models.PROTECT, related_name="lines")
    baseline = models.CharField(max_length=10, choices=Baseline)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="establishment")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    posts = models.PositiveIntegerField()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(condition=Q(posts__gt=0), name="organisation_line_has_posts"),
            models.UniqueConstraint(
                fields=["baseline", "unit", "rank", "skill"],
                condition=Q(ends_on__isnull=True, skill__isnull=False),
                name="organisation_line_once_with_skill",
            ),
            models.UniqueConstraint(
                fields=["baseline", "unit", "rank"],
                condition=Q(ends_on__isnull=True, skill__isnull=True),
                name="organisation_line_once_without_skill",
            ),
        ]
        indexes = [
            # Holds all that a count of posts reads, so that the table itself is left alone.
            models.Index(
                fields=["baseline", "unit", "rank", "skill", "posts", "starts_on", "ends_on"],
                name="organisation_line_posts",
            ),
            models.Index(fields=["unit", "baseline"]),
            # What began and what ended in the last months, without reading every line.
            models.Index(fields=["baseline", "starts_on"], name="organisation_line_begun"),
            models.Index(fields=["baseline", "ends_on"], name="organisation_line_ended"),
        ]

    OVERLAP_RULES = [NoOverlap("organisation_no_two_lines", ("baseline", "unit_id", "rank_id"), nullable=("skill_id",))]
    DATABASE_RULES = {"organisation_no_two_lines": "Two lines of the same unit, rank and skill would overlap."}

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rank_id}: {self.posts}"
