"""Skills, qualifications and courses of a member of the service."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from hcims.references import new_reference
from organisation.models import Qualification, Skill
from personnel.models.history import PaperHistory
from personnel.models.members import Officer


class EvidenceState(models.TextChoices):
    UNVERIFIED = "unverified", "Not yet checked"
    VERIFIED = "verified", "Checked"
    REFUSED = "refused", "Refused"


class Evidenced(models.Model):
    """Something claimed on a paper, and checked or not."""

    TRANSITIONS = {
        EvidenceState.UNVERIFIED: {EvidenceState.VERIFIED, EvidenceState.REFUSED},
        # A lapsed skill that is renewed, and a refused one claimed again with better papers, are checked anew.
        EvidenceState.VERIFIED: {EvidenceState.REFUSED, EvidenceState.UNVERIFIED},
        EvidenceState.REFUSED: {EvidenceState.VERIFIED, EvidenceState.UNVERIFIED},
    }
    PENS = {
        EvidenceState.UNVERIFIED: "HR officer",
        EvidenceState.VERIFIED: "HR officer; the officer once it has lapsed",
        EvidenceState.REFUSED: "HR officer; the officer, by claiming it again",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    state = models.CharField(max_length=10, choices=EvidenceState, default=EvidenceState.UNVERIFIED)
    evidence = models.FileField(upload_to="evidence/", blank=True)
    source = models.CharField("paper it rests on", max_length=200, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_note = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)  # by the officer; empty where HR entered it

    class Meta:
        abstract = True


class SkillHeldQuerySet(models.QuerySet["SkillHeld"]):
    def in_force(self, on: date) -> SkillHeldQuerySet:
        """Skills acquired and not lapsed on the day `on`; a refused claim is not held."""
        return (
            self.filter(Q(acquired_on__isnull=True) | Q(acquired_on__lte=on))
            .filter(Q(expires_on__isnull=True) | Q(expires_on__gt=on))
            .exclude(state=EvidenceState.REFUSED)
        )


class SkillHeld(Evidenced):
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    level = models.PositiveSmallIntegerField(default=1)
    acquired_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    history = PaperHistory()
    objects = SkillHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "skill"],
                name="personnel_skill_once",
                violation_error_message="This skill is on the record already; change its level or dates.",
            )
        ]
        indexes = [
            # Holds all that a count of skills reads, so that the table itself is left alone.
            models.Index(
                fields=["skill", "officer", "acquired_on", "expires_on", "state"], name="personnel_skill_counted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill_id}"


class QualificationHeld(Evidenced):
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="qualifications")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120, blank=True)
    institution = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    history = PaperHistory()

    def __str__(self) -> str:
        return f"{self.qualification_id} {self.subject}"


class CourseAttended(Evidenced):
    """A course as the record tells it; other modules add a line here when a course of theirs is passed."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(max_length=160)
    institution = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=60, blank=True)
    history = PaperHistory()

    class Meta:
        ordering = ["-ends_on"]

    def __str__(self) -> str:
        return self.title
