"""Ranks, skills and qualifications: the editable catalogues."""

from django.db import models
from django.utils.translation import get_language


class Service(models.TextChoices):
    """The service an officer belongs to; it goes with the officer, not with the place."""

    KPS = "KPS", "Kenya Police Service"
    APS = "APS", "Administration Police Service"
    DCI = "DCI", "Directorate of Criminal Investigations"


class Cadre(models.TextChoices):
    COMMAND = "command", "Command"
    GAZETTED = "gazetted", "Gazetted officers"
    INSPECTORATE = "inspectorate", "Inspectorate"
    NCO = "nco", "Non-commissioned officers"
    CONSTABLE = "constable", "Constables"


class Named(models.Model):
    """A catalogue text in both languages."""

    name_en = models.CharField("name", max_length=120)
    name_sw = models.CharField("name in Kiswahili", max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return (self.name_sw if get_language() == "sw" else "") or self.name_en


class Rank(Named):
    """One of the 14 ranks; order 1 is the Inspector-General. Source: NPS Act, First Schedule."""

    order = models.PositiveSmallIntegerField(unique=True)
    code = models.CharField(max_length=6, unique=True)
    cadre = models.CharField(max_length=12, choices=Cadre)

    class Meta:
        ordering = ["order"]


class SkillCategory(Named):
    code = models.CharField(max_length=30, unique=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "skill categories"


class Skill(Named):
    """Something an officer can do and a post can ask for, with its levels and how long it lasts."""

    code = models.CharField(max_length=30, unique=True)
    category = models.ForeignKey(SkillCategory, on_delete=models.PROTECT, related_name="skills")
    levels = models.PositiveSmallIntegerField(default=1)  # 1 = held or not held
    validity_months = models.PositiveSmallIntegerField(null=True, blank=True)  # none: does not lapse
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["category__order", "code"]


class Qualification(Named):
    """An academic or professional qualification, ordered from the lowest."""

    code = models.CharField(max_length=30, unique=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code"]
