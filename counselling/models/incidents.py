"""Critical incidents: what happened, at which unit, on which day. The offer of support goes to everybody there alike."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.references import new_reference
from organisation.models import Unit


class IncidentKind(models.TextChoices):
    """What happened, in words that name nobody."""

    SHOTS = "shots", _("An officer was shot at or attacked")
    COLLEAGUE_DEATH = "colleague-death", _("A colleague died")
    CHILD_DEATH = "child-death", _("A child died")
    VIOLENT_DEATH = "violent-death", _("A violent death was attended")
    RIOT = "riot", _("Riot or attack on the station")
    ACCIDENT = "accident", _("Serious accident")
    DISASTER = "disaster", _("Disaster or explosion")


class CriticalIncident(models.Model):
    """An event and a unit. Who was hurt, and who took up the offer, is not here and nowhere else in the system."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("what happened"), max_length=16, choices=IncidentKind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(_("day"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    offered_to = models.PositiveIntegerField(default=0)  # officers posted there that day who have an account
    posted_there = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # entered in error; kept, and counted nowhere
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("critical incident")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "happened_on"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="counselling_incident_once",
                violation_error_message=_("This incident is on record: the offer has gone out already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.unit}"
