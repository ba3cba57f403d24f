"""The monthly station return: a station's commander says, in a minute, who of the list is here."""

from django.conf import settings
from django.db import models

from hcims.references import new_reference
from organisation.models import Unit
from personnel.models import Officer


class StationReturn(models.Model):
    """One station, one month. The list as it stood is kept in the lines."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="station_returns")
    month = models.DateField()  # its first day
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    confirmed_count = models.PositiveIntegerField(default=0)  # answered "here"
    listed_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-month"]
        indexes = [models.Index(fields=["confirmed_at"], name="deployment_return_confirmed")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"],
                name="deployment_station_return_once",
                violation_error_message="This station has confirmed this month already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"


class ReturnAnswer(models.TextChoices):
    HERE = "here", "Here"
    GONE = "gone", "Gone"
    NEW = "new", "Here, not on the list"
    WRONG = "wrong", "Here, something is wrong"


class StationReturnLine(models.Model):
    """An answer that needs someone to look: gone, new, wrong. "Here" is counted, not listed."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    station_return = models.ForeignKey(StationReturn, on_delete=models.CASCADE, related_name="lines")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    service_number = models.CharField(max_length=20, blank=True)  # of a newcomer who is not on the list
    answer = models.CharField(max_length=5, choices=ReturnAnswer)
    note = models.CharField(max_length=200, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    resolution = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.answer}"
