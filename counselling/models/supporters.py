"""Peer supporters: trained colleagues. They work here, so the tables name them; whom they talk to stands nowhere."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from counselling.models.grants import new_key
from counselling.models.offices import Language
from hcims.database_rules import NoOverlap
from hcims.periods import Period, PeriodQuerySet
from hcims.references import new_reference
from organisation.models import County, Unit

LAPSES_SOON = timedelta(days=90)
NEEDS_NAME = _("Give a name to be shown; a first name is enough.")


class Sex(models.TextChoices):
    """For those who would rather talk with a woman, or with a man."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")


class Availability(models.TextChoices):
    """When a supporter can be reached."""

    ANY = "any", _("Day and night")
    DAYS = "days", _("In the daytime")
    EVENINGS = "evenings", _("Evenings")
    WEEKENDS = "weekends", _("Weekends")
    AWAY = "away", _("Not at the moment")


class SupporterQuerySet(PeriodQuerySet):
    """Supporters by what they may do on a day."""

    def accredited(self, on: date) -> SupporterQuerySet:
        """Those in service whose training holds on the day `on`."""
        return self.in_force(on).filter(Exists(_trainings(on)))  # type: ignore[return-value]

    def published(self, on: date) -> SupporterQuerySet:
        """Those whom the directory names: accredited, and willing."""
        return self.accredited(on).filter(is_listed=True).exclude(availability=Availability.AWAY)  # type: ignore[return-value]


def _trainings(on: date) -> models.QuerySet[SupporterTraining]:
    return SupporterTraining.objects.filter(supporter=OuterRef("pk"), trained_on__lte=on, expires_on__gt=on)


class Supporter(Period):
    """One person's time as a peer supporter, in an area. What is published is the supporter's own choice."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+", verbose_name=_("county"))
    command = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("command the supporter belongs to")
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    languages = models.JSONField(_("languages"), default=list)  # codes of `Language`
    paper = models.CharField(_("accreditation (paper, number, date)"), max_length=200)
    ended_reason = models.CharField(max_length=200, blank=True)
    # What the supporter decides.
    is_listed = models.BooleanField(_("stand in the directory"), default=False)
    shown_name = models.CharField(_("name to be shown"), max_length=40, blank=True)
    telephone = models.CharField(_("telephone to be shown"), max_length=20, blank=True)
    shows_command = models.BooleanField(_("show my command"), default=True)
    availability = models.CharField(max_length=10, choices=Availability, default=Availability.DAYS)
    call_key = models.CharField(
        max_length=88, blank=True
    )  # P-256, uncompressed point, base64; its half is on the phone

    objects = SupporterQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Period.Meta):
        verbose_name = _("peer supporter")
        ordering = ["county", "pk"]
        default_permissions = ()
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ends_on__isnull=True),
                name="counselling_supporter_once",
                violation_error_message=_("This person is on the register already."),
            ),
            models.CheckConstraint(
                condition=Q(is_listed=False) | ~Q(shown_name=""),
                name="counselling_supporter_listed_with_name",
                violation_error_message=NEEDS_NAME,
            ),
        ]

    OVERLAP_RULES = [NoOverlap("counselling_no_two_supporters", ("user_id",))]
    DATABASE_RULES = {"counselling_no_two_supporters": _("This person is on the register already in these days.")}

    def __str__(self) -> str:
        return self.ref

    @property
    def spoken(self) -> list[str]:
        """The languages in words."""
        return [str(Language(each).label) for each in self.languages if each in Language.values]


class SupporterTraining(models.Model):
    """A course that a supporter passed, and until when it counts."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(_("course"), max_length=120)
    provider = models.CharField(_("held by"), max_length=120)
    trained_on = models.DateField(_("passed on"))
    expires_on = models.DateField(_("counts until"))
    paper = models.CharField(_("certificate (number, date)"), max_length=120)

    class Meta:
        verbose_name = _("training of a supporter")
        ordering = ["-expires_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("trained_on")),
                name="counselling_training_expires_later",
                violation_error_message=_("The training would lapse before it was passed."),
            ),
            models.UniqueConstraint(
                fields=["supporter", "course", "trained_on"],
                name="counselling_training_once",
                violation_error_message=_("This training is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return self.course


class SupervisionKind(models.TextChoices):
    """How a supporter was looked after."""

    ALONE = "alone", _("Alone")
    GROUP = "group", _("In a group")


class Supervision(models.Model):
    """That a supporter was supervised, and when. What was said stands nowhere."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="supervisions")
    kind = models.CharField(_("kind"), max_length=6, choices=SupervisionKind)
    held_on = models.DateField(_("held on"))
    next_on = models.DateField(_("next one"), null=True, blank=True)
    supervisor = models.CharField(_("supervisor"), max_length=120)

    class Meta:
        verbose_name = _("supervision")
        ordering = ["-held_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "held_on", "kind"],
                name="counselling_supervision_once",
                violation_error_message=_("This supervision is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("held_on")),
                name="counselling_supervision_next_later",
                violation_error_message=_("The next one comes after this one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class CallRequest(models.Model):
    """Somebody asks a supporter to be called back. Sealed on the asker's phone to the supporter's; no sender, no moment.

    The key is random, so that the order of rows says nothing; the last day is the same for all that came in one week.
    """

    id = models.BigAutoField(primary_key=True, default=new_key)
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="calls")
    sealed = models.BinaryField()
    expires_on = models.DateField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "a request"
