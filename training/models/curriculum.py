"""Programmes and their curricula as data: titles, parts, hours and dates. The texts belong to their owner and are not here."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.database_rules import NoOverlap
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Unit
from organisation.models.catalogue import Named
from training.models.versions import Version


class ProgrammeKind(models.TextChoices):
    INTEGRATED = "integrated", _("Into every course")
    LEADERS = "leaders", _("For leaders")
    PEERS = "peers", _("For peer-to-peer supporters")
    OTHER = "other", _("Standing alone")


class Programme(Named):
    """Such as Muamko Mpya, or beside it the training of leaders and that of peer-to-peer supporters."""

    code = models.SlugField(max_length=30, unique=True)
    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    owner = models.CharField(_("whose curriculum it is"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("programme")


class CurriculumVersion(Version):
    """A version of a programme's curriculum. Approved, it never changes; the next one takes its place."""

    owner_name = "programme"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")

    class Meta(Version.Meta):
        verbose_name = _("curriculum version")
        constraints = [
            *Version.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "number"], name="training_curriculum_number_once"),
        ]

    OVERLAP_RULES = [NoOverlap("training_no_two_curricula", ("programme_id",), "state = 'approved'")]
    DATABASE_RULES = {
        "training_no_two_curricula": _("Another version of this curriculum is approved for these days."),
        "training_curriculum_number_once": _(
            "This number is taken: the version was drafted twice. Read the page again."
        ),
    }

    def __str__(self) -> str:
        return f"{self.programme_id} {self.number}"

    @property
    def contents(self) -> models.QuerySet[Part]:
        """What the version consists of."""
        return self.parts.all()


class Part(Named):
    """A core part of a version, such as stress and trauma awareness. Its code stays the same from version to version."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    version = models.ForeignKey(CurriculumVersion, on_delete=models.CASCADE, related_name="parts")
    code = models.SlugField(max_length=30)
    order = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveIntegerField(_("minutes"), default=0, validators=[MaxValueValidator(60_000)])

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("part of a curriculum")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="training_part_once",
                violation_error_message=_("A part with this code stands in the version already."),
            )
        ]


class PartSession(models.Model):
    """A session of a part: a title, an order and a length."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=160)
    order = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5), MaxValueValidator(2400)])

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("session")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=2400), name="training_session_minutes"),
        ]

    def __str__(self) -> str:
        return self.title


class IntegrationOrder(Period):
    """The order that a programme is taught in all courses, by a day, at every institution under a unit."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="orders")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+"
    )  # whom it binds: this and what lies below
    authority = models.CharField(_("authority (paper, number, date)"), max_length=200)
    deadline = models.DateField(_("to be carried out by"))
    is_confirmed = models.BooleanField(default=False)  # the paper itself has been seen; shown as unconfirmed until then
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Period.Meta):
        ordering = ["-starts_on"]
        verbose_name = _("order to integrate")
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "unit"],
                condition=Q(ends_on__isnull=True),
                name="training_one_order_in_force",
                violation_error_message=_(
                    "An order for this programme is in force here; end it before entering the next."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.authority
