"""What a version of a curriculum and a version of a course have in common: drafted, submitted, approved by a second person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.periods import Period
from hcims.references import new_reference


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Version(Period):
    """Numbered from 1. Its period is the days in which it is taught; a draft's is what is proposed."""

    TRANSITIONS = {
        VersionState.DRAFT: {VersionState.SUBMITTED, VersionState.WITHDRAWN},
        VersionState.SUBMITTED: {VersionState.APPROVED, VersionState.DRAFT},
        VersionState.APPROVED: set(),
        VersionState.WITHDRAWN: set(),
    }
    PENS = {
        VersionState.DRAFT: "whoever drafts it",
        VersionState.SUBMITTED: "director of training, not whoever drafted it",
        VersionState.APPROVED: "nobody; the next version follows it",
        VersionState.WITHDRAWN: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    authority = models.CharField(_("authority (paper, number, date)"), max_length=200)
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    # Nobody: it came with the product, as the service's own announcement names its parts.
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(null=True, blank=True)
    hands = models.JSONField(default=list)  # references of everybody who wrote in the draft: none of them approves it
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta(Period.Meta):
        abstract = True
        ordering = ["-number"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="%(app_label)s_%(class)s_approved_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("drafted_by")),
                name="%(app_label)s_%(class)s_needs_two",
                violation_error_message=_("Whoever drafted a version does not approve it."),
            ),
        ]
