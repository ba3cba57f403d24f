"""What commanders provide for welfare: room, protected hours, practices held, healing groups. Never who came."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Unit


class Room(models.TextChoices):
    """Where one can talk undisturbed."""

    OWN = "own", _("A room of its own")
    SHARED = "shared", _("A room at set hours")
    ELSEWHERE = "elsewhere", _("A room away from the station")
    NONE = "none", _("No room yet")


class Confirmation(models.TextChoices):
    """Whether the coordinator has seen that it is so."""

    RECORDED = "recorded", _("Not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Sent back")


class Confirmable(models.Model):
    """Recorded by a commander's hand, confirmed or sent back by the coordinator."""

    TRANSITIONS = {
        Confirmation.RECORDED: {Confirmation.CONFIRMED, Confirmation.RETURNED},
        Confirmation.CONFIRMED: set(),
        Confirmation.RETURNED: set(),
    }
    PENS = {
        Confirmation.RECORDED: "wellbeing lead",
        Confirmation.CONFIRMED: "nobody; the commander records anew",
        Confirmation.RETURNED: "nobody; the commander records anew",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    state = models.CharField(max_length=10, choices=Confirmation, default=Confirmation.RECORDED)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decision_note = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_on__isnull=True, state="recorded")
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(state="recorded"),
                name="%(app_label)s_%(class)s_decided_by_and_on",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("recorded_by")),
                name="%(app_label)s_%(class)s_needs_two",
                violation_error_message=_("Whoever recorded it does not confirm it."),
            ),
        ]


class WelfareProvision(Period, Confirmable):
    """Room and protected hours of a unit, from one day to another. Hours are taken without giving a reason."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(_("room"), max_length=10, choices=Room)
    place = models.CharField(_("where the room is"), max_length=120, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(
        _("protected hours a week"), default=0, validators=[MaxValueValidator(40)]
    )
    hours = models.CharField(_("which hours"), max_length=120, blank=True)

    class Meta(Period.Meta):
        verbose_name = _("room and hours")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *Period.Meta.constraints,
            *Confirmable.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ends_on__isnull=True),
                name="counselling_one_provision",
                violation_error_message=_("Room and hours of this unit are on record; record them anew."),
            ),
            models.CheckConstraint(condition=Q(hours_a_week__lte=40), name="counselling_provision_hours_of_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_room_display()}"


class Practice(models.TextChoices):
    """What a command does together for wellbeing."""

    HEALING_CIRCLE = "healing-circle", _("Healing circle (Muamko Mpya)")
    TALK = "talk", _("Talk on stress, trauma or alcohol")
    REVIEW = "review", _("Calm review after an operation")
    SPORT = "sport", _("Sport and exercise")
    FAMILY_DAY = "family-day", _("Family day")
    CHAPLAIN = "chaplain", _("Visit of a chaplain or counsellor")
    REMEMBRANCE = "remembrance", _("Remembrance of colleagues")


class PracticeHeld(Confirmable):
    """How often a unit held a practice in a month. Who came is not asked."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    practice = models.CharField(_("practice"), max_length=16, choices=Practice)
    month = models.DateField(_("month"))  # its first day
    times = models.PositiveSmallIntegerField(
        _("how often"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )

    class Meta:
        verbose_name = _("practice held")
        ordering = ["-month", "practice"]
        constraints = [
            *Confirmable.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "practice", "month"],
                condition=~Q(state="returned"),
                name="counselling_practice_once_a_month",
                violation_error_message=_("This practice is on record for the month already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, times__gte=1, times__lte=31), name="counselling_practice_month_and_times"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_practice_display()}"


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")


class HealingGroup(Period):
    """A group of a station that meets. It has no list of members, here or anywhere."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(_("meets"), max_length=12, choices=Rhythm)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(Period.Meta):
        verbose_name = _("healing group")
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return str(self.unit)


class HealingGroupMonth(models.Model):
    """How often a group met in a month, and how many people it has: counts, no names."""

    group = models.ForeignKey(HealingGroup, on_delete=models.PROTECT, related_name="months")
    month = models.DateField(_("month"))
    meetings = models.PositiveSmallIntegerField(_("meetings"), validators=[MaxValueValidator(31)])
    people = models.PositiveSmallIntegerField(_("people in the group"), validators=[MaxValueValidator(200)])

    class Meta:
        verbose_name = _("month of a healing group")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "month"],
                name="counselling_group_month_once",
                violation_error_message=_("This month of the group is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, meetings__lte=31, people__lte=200), name="counselling_group_month_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.month:%Y-%m}"
