"""Counselling offices: where help is, who runs it and how to reach it. Public: the directory is on every phone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Unit


class CounsellingOffice(Period):
    """An office at a unit, in service for a period. Its counsellors are appointed at the unit (`accounts`)."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="counselling_offices")
    name = models.CharField(_("name"), max_length=120)
    place_en = models.CharField(_("how to find it"), max_length=200, blank=True)
    place_sw = models.CharField(_("how to find it, in Kiswahili"), max_length=200, blank=True)
    rooms = models.PositiveSmallIntegerField(_("private rooms"), default=0)
    counsellors = models.PositiveSmallIntegerField(_("counsellors"), default=0)
    social_workers = models.PositiveSmallIntegerField(_("social workers"), default=0)
    chaplains = models.PositiveSmallIntegerField(_("chaplains"), default=0)
    hours_en = models.CharField(_("hours"), max_length=120, blank=True)
    hours_sw = models.CharField(_("hours, in Kiswahili"), max_length=120, blank=True)
    languages = models.JSONField(_("languages"), default=list)  # ISO 639 codes
    services = models.JSONField(_("services"), default=list)  # codes of `Service`
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    source = models.CharField(_("where this is from (paper, date)"), max_length=200)

    class Meta(Period.Meta):
        verbose_name = _("counselling office")
        ordering = ["name"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "name", "starts_on"],
                name="counselling_office_once",
                violation_error_message=_("This office is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.TextChoices):
    """What an office offers."""

    INDIVIDUAL = "individual", _("Individual counselling")
    FAMILY = "family", _("Family and couples")
    TRAUMA = "trauma", _("After a critical incident")
    ADDICTION = "addiction", _("Alcohol and drugs")
    SOCIAL_WORK = "social-work", _("Social work")
    CHAPLAINCY = "chaplaincy", _("Chaplaincy")
