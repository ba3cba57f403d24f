"""Units, their dated place in the command tree, and their dated classes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from hcims.database_rules import NoOverlap
from hcims.periods import Period, in_force
from hcims.references import new_reference
from organisation.models.catalogue import Named, Service
from organisation.models.places import County, Ward


class UnitType(models.TextChoices):
    SERVICE = "service", "National Police Service"
    HEADQUARTERS = "headquarters", "Headquarters"
    REGION = "region", "Region"
    COUNTY = "county", "County"
    SUBCOUNTY = "sub-county", "Sub-county"
    WARD = "ward", "Ward"
    STATION = "station", "Police station"
    POST = "post", "Police post"
    PATROL_BASE = "patrol-base", "Patrol base"
    FORMATION = "formation", "Formation"
    COMPANY = "company", "Company or detachment"
    TRAINING = "training", "Training institution"
    OFFICE = "office", "Office"


class Line(models.TextChoices):
    """The line of command a unit stands in."""

    TERRITORIAL = "territorial", "Territorial (KPS and APS)"
    DCI = "dci", "Criminal investigations"
    FORMATION = "formation", "Formations"
    HEADQUARTERS = "headquarters", "Headquarters"
    TRAINING = "training", "Training"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, filtered by day and by command."""

    def open_on(self, on: date) -> UnitQuerySet:
        """Units that exist on the day `on`."""
        return self.filter(opened_on__lte=on).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def under(self, roots: Iterable[int], on: date) -> UnitQuerySet:
        """The units `roots` (primary keys) and everything below them in the tree of the day `on`."""
        below = UnitClosure.objects.filter(in_force(on), descendant=OuterRef("pk"), ancestor__in=list(roots))
        return self.filter(Exists(below))


class Unit(models.Model):
    """A command, station, post, formation, institution or office. Its code is public and never reused."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=14, choices=UnitType, db_index=True)
    line = models.CharField(max_length=14, choices=Line, db_index=True)
    service = models.CharField(max_length=3, choices=Service, blank=True)  # set where a unit is one service's own
    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    gazette_notice = models.CharField(max_length=60, blank=True)
    gazetted_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="organisation_unit_closed_after_opened",
                violation_error_message="The unit would close before it opened.",
            ),
            models.CheckConstraint(
                condition=Q(gazetted_on__isnull=True) | ~Q(gazette_notice=""),
                name="organisation_unit_gazette_date_with_notice",
                violation_error_message="A gazette date needs the number of its notice.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitNaming(Period):
    """What a unit was called and what kind of unit it was, from one day to another: a post may become a station.

    `Unit.name` and `Unit.type` say the same for today.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="namings")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=14, choices=UnitType)
    source = models.CharField(max_length=200, blank=True)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ends_on__isnull=True),
                name="organisation_unit_one_name",
                violation_error_message="A unit has one name at a time.",
            ),
        ]

    OVERLAP_RULES = [NoOverlap("organisation_no_two_names", ("unit_id",))]
    DATABASE_RULES = {"organisation_no_two_names": "A unit would have two names at once."}

    def __str__(self) -> str:
        return self.name


class UnitParent(Period):
    """Under which command a unit stands, from one day to another."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parent_links")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_links")
    source = models.CharField(max_length=200, blank=True)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ends_on__isnull=True),
                name="organisation_unit_one_parent",
                violation_error_message="A unit stands under one command at a time.",
            ),
            models.CheckConstraint(
                condition=~Q(unit=models.F("parent")),
                name="organisation_unit_not_own_parent",
                violation_error_message="A unit cannot stand under itself.",
            ),
        ]
        indexes = [models.Index(fields=["parent", "starts_on"])]

    OVERLAP_RULES = [NoOverlap("organisation_no_two_parents", ("unit_id",))]
    DATABASE_RULES = {"organisation_no_two_parents": "A unit would stand under two commands at once."}

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.parent_id}"


class UnitClosure(Period):
    """Derived from the parent links: every pair of a command and what stands below it, itself included, with dates.

    Written by `organisation.closure` alone; `manage.py rebuild_derived` writes it again identically.
    """

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="above")
    depth = models.PositiveSmallIntegerField()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["ancestor", "descendant", "starts_on"], name="organisation_unitclosure_once"
            ),
        ]
        indexes = [
            models.Index(fields=["ancestor", "depth", "descendant"]),
            models.Index(fields=["descendant", "ancestor"]),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} over {self.descendant_id}"


class ClassScheme(models.TextChoices):
    HARDSHIP = "hardship", "Hardship"
    OPERATION = "operation", "Operation area"


class UnitClass(Named):
    """A class that a unit can be given, such as a hardship class. Lists are disputed: keep the source with each."""

    scheme = models.CharField(max_length=10, choices=ClassScheme)
    code = models.CharField(max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["scheme", "order"]
        verbose_name_plural = "unit classes"


class UnitClassing(Period):
    """The class a unit has under a scheme, from one day to another, and on what authority."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="classings")
    scheme = models.CharField(max_length=10, choices=ClassScheme)
    unit_class = models.ForeignKey(UnitClass, on_delete=models.PROTECT, related_name="classings")
    source = models.CharField(max_length=200)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "scheme"],
                condition=Q(ends_on__isnull=True),
                name="organisation_unit_one_class_a_scheme",
                violation_error_message="A unit has one class in a scheme at a time.",
            ),
        ]

    OVERLAP_RULES = [NoOverlap("organisation_no_two_classes", ("unit_id", "scheme"))]
    DATABASE_RULES = {"organisation_no_two_classes": "A unit would have two classes of one scheme at once."}

    def __str__(self) -> str:
        return f"{self.unit_id} {self.unit_class_id}"
