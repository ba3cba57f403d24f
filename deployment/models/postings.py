"""Postings: an officer at a unit, on a duty, in a post of a rank, from one day to another."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from hcims.database_rules import NoOverlap
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Rank, Skill, Unit
from organisation.models.catalogue import Named
from personnel.models import Officer


class Duty(Named):
    """What a posted officer does. Non-core duty (cook, driver of the office, receptionist) is counted apart."""

    code = models.CharField(max_length=20, unique=True)
    is_core = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "duties"


class PostingKind(models.TextChoices):
    """One substantive posting at a time; the others may overlap it."""

    SUBSTANTIVE = "substantive", "Posted"
    ACTING = "acting", "Acting"
    ATTACHMENT = "attachment", "Attached"
    SECONDMENT = "secondment", "Seconded"
    COURSE = "course", "On course"
    SUSPENSION = "suspension", "Suspended"
    LEAVE = "leave", "On long leave"


# While one of these runs, the officer's own unit has the posting but not the person.
AWAY_KINDS = (
    PostingKind.ATTACHMENT,
    PostingKind.SECONDMENT,
    PostingKind.COURSE,
    PostingKind.SUSPENSION,
    PostingKind.LEAVE,
)


# Each holds every column that a count of strength reads, so that the table itself is left alone: 17 ms in place of 330
# for 107,000 holders among 380,000 postings. The columns of the condition stand in it too, or SQLite looks at the row.
_SUBSTANTIVE = Q(kind="substantive", voided_at__isnull=True)
_READ = ["officer", "duty", "start_known", "tenure_since", "kind", "voided_at"]
STRENGTH_INDEXES = [
    models.Index(
        fields=["unit", "post_rank", "post_skill", "starts_on", *_READ, "ends_on"],
        condition=_SUBSTANTIVE & Q(ends_on__isnull=True),
        name="deployment_held_now",
    ),
    models.Index(
        fields=["ends_on", "starts_on", "unit", "post_rank", "post_skill", *_READ],
        condition=_SUBSTANTIVE & Q(ends_on__isnull=False),
        name="deployment_held_until",
    ),
    models.Index(
        fields=["starts_on", "unit", "post_rank", "post_skill", "kind", "voided_at"],
        condition=_SUBSTANTIVE,
        name="deployment_held_from",
    ),
    models.Index(
        fields=["kind", "starts_on", "ends_on", "officer", "unit", "post_rank", "post_skill", "voided_at"],
        condition=~Q(kind="substantive"),
        name="deployment_beside",
    ),
    # Civilian members, who fill no police post: few, and counted on each unit's page.
    models.Index(
        fields=["unit", "kind", "ends_on", "starts_on"],
        condition=Q(post_rank__isnull=True, voided_at__isnull=True),
        name="deployment_civilians",
    ),
]


class Posting(Period):
    """`starts_on` is the day of arrival; where the roll does not say it, `start_known` is False and the day is a bound.

    Another duty ends the posting and begins one at the same unit, so that last year's page tells last year's duty. That one has
    `arrived_on`: it needs no returns, is no move, and carries the order and the time at the station.

    `post_rank` and `post_skill` name the establishment line the holder fills; the officer's own rank may differ. A civilian
    member fills none: no rank, no skill, and no part in police strength.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=12, choices=PostingKind, default=PostingKind.SUBSTANTIVE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    post_rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    start_known = models.BooleanField(default=True)
    # From which day the time at the station counts, where that is before the arrival: a deployment within the command goes
    # on counting, and so does the posting an officer returns to when a move is taken back. See `deployment.queries.tenure`.
    tenure_since = models.DateField(null=True, blank=True)
    # Where this goes on from a posting at the same unit with another duty or post: the day of arrival there. No move.
    arrived_on = models.DateField(null=True, blank=True)
    order_reference = models.CharField(max_length=80, blank=True)
    overstrength_authority = models.CharField(max_length=200, blank=True)  # paper on which a full line was exceeded
    source = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)  # entered in error; kept, and counted nowhere
    void_reason = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta(Period.Meta):
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(kind="substantive", ends_on__isnull=True, voided_at__isnull=True),
                name="deployment_one_substantive_posting",
                violation_error_message="An officer has one substantive posting in force.",
            ),
            models.CheckConstraint(
                condition=Q(tenure_since__isnull=True) | Q(tenure_since__lte=models.F("starts_on")),
                name="deployment_tenure_not_after_start",
                violation_error_message="The time at the station cannot begin after the arrival.",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on__isnull=True) | Q(arrived_on__lte=models.F("starts_on")),
                name="deployment_goes_on_after_arrival",
                violation_error_message="A posting goes on at the unit after the arrival there.",
            ),
            models.CheckConstraint(
                condition=Q(post_rank__isnull=False) | Q(post_skill__isnull=True, overstrength_authority=""),
                name="deployment_no_rank_no_line",
                violation_error_message="A posting without a rank of the post fills no post that asks for a skill.",
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "starts_on"]),
            models.Index(fields=["unit", "kind", "starts_on"]),
            models.Index(fields=["-starts_on", "-id"], name="deployment_posting_latest"),
            models.Index(fields=["ends_on"], condition=Q(ends_on__isnull=False), name="deployment_posting_ended"),
            models.Index(
                fields=["unit"],
                condition=Q(kind="substantive", start_known=False, ends_on__isnull=True, voided_at__isnull=True),
                name="deployment_arrival_unknown",
            ),
            # A list of officers by tenure reads its first page from here, at any size.
            models.Index(
                fields=["starts_on", "ends_on", "officer"],
                condition=Q(kind="substantive", voided_at__isnull=True),
                name="deployment_posting_since",
            ),
            models.Index(
                fields=["tenure_since"], condition=Q(tenure_since__isnull=False), name="deployment_tenure_carried"
            ),
            *STRENGTH_INDEXES,
        ]

    OVERLAP_RULES = [NoOverlap("deployment_no_overlap", ("officer_id",), "kind = 'substantive' AND voided_at IS NULL")]
    DATABASE_RULES = {"deployment_no_overlap": "Two substantive postings of one officer would overlap."}

    @property
    def arrival(self) -> date:
        """The day on which the officer came to the unit; a bound where `start_known` is False."""
        return self.arrived_on or self.starts_on

    def __str__(self) -> str:
        return f"{self.officer_id} at {self.unit_id} from {self.starts_on}"
