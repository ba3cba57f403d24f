"""Commendations and discipline, each with a permission of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hcims.references import new_reference
from personnel.models.history import PaperHistory
from personnel.models.members import Officer


class Voidable(models.Model):
    """An entry that can turn out never to have been true: kept with its history, shown and counted nowhere."""

    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Commendation(Voidable):
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="commendations")
    title = models.CharField(max_length=160)
    awarded_on = models.DateField()
    awarded_by = models.CharField(max_length=120)
    source = models.CharField("paper it rests on", max_length=200)
    history = PaperHistory()

    class Meta:
        ordering = ["-awarded_on"]

    def __str__(self) -> str:
        return self.title


class DisciplineState(models.TextChoices):
    OPEN = "open", "Open"
    PROVED = "proved", "Proved"
    NOT_PROVED = "not-proved", "Not proved"
    SET_ASIDE = "set-aside", "Set aside on appeal"


class DisciplineRecord(Voidable):
    """A discipline case as the record keeps it: charge, result, punishment, and when it stops counting."""

    TRANSITIONS = {
        DisciplineState.OPEN: {DisciplineState.PROVED, DisciplineState.NOT_PROVED},
        DisciplineState.PROVED: {DisciplineState.SET_ASIDE},
        DisciplineState.NOT_PROVED: set(),
        DisciplineState.SET_ASIDE: set(),
    }
    PENS = {
        DisciplineState.OPEN: "disciplinary authority",
        DisciplineState.PROVED: "appeal body",
        DisciplineState.NOT_PROVED: "nobody",
        DisciplineState.SET_ASIDE: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="discipline")
    charge = models.CharField(max_length=200)
    opened_on = models.DateField()
    state = models.CharField(max_length=10, choices=DisciplineState, default=DisciplineState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    punishment = models.CharField(max_length=200, blank=True)
    spent_on = models.DateField(null=True, blank=True)  # from when it no longer counts against the officer
    source = models.CharField("paper it rests on", max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = PaperHistory()

    class Meta:
        ordering = ["-opened_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="personnel_discipline_closed_with_a_day",
                violation_error_message="A closed case has the day it was closed; an open one has none.",
            )
        ]

    def __str__(self) -> str:
        return f"case {self.ref}"
