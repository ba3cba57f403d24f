"""Counselling offices: where help is, who runs it and how to reach it. Public: the directory is on every phone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
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
    # Empty: not on record. Nobody may read it as none.
    rooms = models.PositiveSmallIntegerField(_("private rooms"), null=True, blank=True)
    counsellors = models.PositiveSmallIntegerField(_("counsellors"), null=True, blank=True)
    social_workers = models.PositiveSmallIntegerField(_("social workers"), null=True, blank=True)
    chaplains = models.PositiveSmallIntegerField(_("chaplains"), null=True, blank=True)
    # Where it lies, where that is not where its unit lies; distances are measured from here.
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="counselling_office_both_coordinates",
                violation_error_message=_("Give both coordinates, or none."),
            ),
            models.UniqueConstraint(
                fields=["unit", "name", "starts_on"],
                name="counselling_office_once",
                violation_error_message=_("This office is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """How to find it, in the reader's language."""
        return self._in_reader_language(self.place_en, self.place_sw)

    @property
    def hours(self) -> str:
        """When somebody is there, in the reader's language."""
        return self._in_reader_language(self.hours_en, self.hours_sw)

    @staticmethod
    def _in_reader_language(english: str, kiswahili: str) -> str:
        return (kiswahili if get_language() == "sw" else "") or english

    @property
    def service_names(self) -> list[str]:
        """What it offers, in words."""
        return [str(Service(each).label) for each in self.services if each in Service.values]

    @property
    def language_names(self) -> list[str]:
        """What is spoken there, in words."""
        return [str(Language(each).label) for each in self.languages if each in Language.values]

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(each for each in self.telephone if each.isdigit() or each == "+")


class Language(models.TextChoices):
    """Languages of talks. ISO 639 codes."""

    EN = "en", _("English")
    SW = "sw", _("Kiswahili")
    KI = "ki", _("Gikuyu")
    LUO = "luo", _("Dholuo")
    LUY = "luy", _("Luhya")
    KAM = "kam", _("Kikamba")
    KLN = "kln", _("Kalenjin")
    GUZ = "guz", _("Ekegusii")
    MER = "mer", _("Kimeru")
    SOM = "so", _("Somali")
    MAS = "mas", _("Maa")
    TUV = "tuv", _("Turkana")
    ORM = "om", _("Oromo")
    XKI = "xki", _("Kenyan Sign Language")


class Service(models.TextChoices):
    """What an office offers."""

    INDIVIDUAL = "individual", _("Individual counselling")
    FAMILY = "family", _("Family and couples")
    TRAUMA = "trauma", _("After a critical incident")
    ADDICTION = "addiction", _("Alcohol and drugs")
    SOCIAL_WORK = "social-work", _("Social work")
    CHAPLAINCY = "chaplaincy", _("Chaplaincy")
