"""Contacts of peer support: what may be kept of a talk between colleagues. No name, no number, no text, no day.

A contact arrives sealed (`ContactInbox`), is opened at night by the receiving worker and becomes a `Contact` under a
random key. No column here holds a moment.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from counselling.models.grants import Grant, new_key
from hcims.references import new_reference
from organisation.models import County


class ContactKind(models.TextChoices):
    """What kind of talk it was. Source: the components of critical incident stress management (Everly and Mitchell)."""

    ONE_TO_ONE = "one-to-one", _("One to one")
    FOLLOW_UP = "follow-up", _("Follow-up")
    DEFUSING = "defusing", _("Defusing (small group, same day)")
    DEBRIEFING = "debriefing", _("Debriefing (group, days later)")
    GROUP = "group", _("Group talk")
    FAMILY = "family", _("With the family")
    PASTORAL = "pastoral", _("Pastoral")


class ContactTheme(models.TextChoices):
    """What it was mostly about, in words broad enough to hide a person."""

    INCIDENT = "incident", _("After an incident")
    WORK = "work", _("Pressure of work")
    TRANSFER = "transfer", _("Transfer, promotion, discipline")
    FAMILY = "family", _("Family, relationship")
    GRIEF = "grief", _("Loss, grief")
    MONEY = "money", _("Money, debt")
    ALCOHOL = "alcohol", _("Alcohol, drugs")
    HEALTH = "health", pgettext_lazy("theme", "Health")
    SAFETY = "safety", _("Safety, self-harm")
    OTHER = "other", _("Something else")


HARM_RELATED = frozenset({ContactTheme.SAFETY})  # published only from a higher threshold


class ContactDuration(models.TextChoices):
    """How long, in bands."""

    SHORT = "up-to-15", _("Up to 15 minutes")
    HALF = "up-to-30", _("15 to 30 minutes")
    HOUR = "up-to-60", _("30 to 60 minutes")
    LONG = "over-60", _("Over an hour")


class ContactMode(models.TextChoices):
    """How they spoke."""

    IN_PERSON = "in-person", _("Face to face")
    PHONE = "phone", _("By telephone")
    MESSAGES = "messages", _("By messages")


class ReferralOffered(models.TextChoices):
    """Where the peer supporter offered to lead on."""

    NONE = "none", pgettext_lazy("referral", "None")
    COUNSELLOR = "counsellor", pgettext_lazy("referral", "Counsellor")
    HOSPITAL = "hospital", _("Hospital or clinic")
    CHAPLAIN = "chaplain", _("Chaplain")
    SUPPORTER = "supporter", _("Another peer supporter")
    EMERGENCY = "emergency", _("Emergency help at once")


class ContactSource(models.TextChoices):
    """How it was entered."""

    PHONE = "phone", _("Phone")
    PAPER = "paper", _("Monthly tally on paper")


def no_day_in(field: str, name: str) -> models.CheckConstraint:
    """A rule of the database: a month is "2026-11", and a day does not fit into the column."""
    return models.CheckConstraint(condition=LessThanOrEqual(Length(field), 7), name=name)


class Contact(models.Model):
    """One talk, or from a tally on paper several alike. Belongs to nobody but the supporter it is granted to."""

    id = models.BigAutoField(primary_key=True, default=new_key)
    month = models.CharField(max_length=7)  # "2026-11"
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContactKind)
    theme = models.CharField(max_length=12, choices=ContactTheme)
    duration = models.CharField(max_length=12, choices=ContactDuration, blank=True)  # a tally does not say
    mode = models.CharField(max_length=12, choices=ContactMode, blank=True)
    referral = models.CharField(max_length=12, choices=ReferralOffered, default=ReferralOffered.NONE)
    source = models.CharField(max_length=6, choices=ContactSource, default=ContactSource.PHONE)
    count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )

    class Meta:
        verbose_name = _("contact")
        ordering = ["-month", "pk"]
        default_permissions = ()
        permissions = [("own_contact", "see and strike out one's own contact")]
        indexes = [models.Index(fields=["month", "county"], name="counselling_contact_month")]
        constraints = [
            no_day_in("month", "counselling_contact_month_only"),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=200), name="counselling_contact_count"),
            models.CheckConstraint(
                condition=Q(source="paper") | Q(count=1), name="counselling_contact_phone_counts_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_theme_display()}"


class ContactGrant(Grant):
    """Whose contact it is: one supporter."""

    content_object = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="grant")

    class Meta:
        default_permissions = ()


class PhoneDevice(models.Model):
    """A phone that a supporter enrolled. The server keeps a digest of its secret, and months, no days."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    supporter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    enrolled_month = models.CharField(max_length=7)
    ended_month = models.CharField(max_length=7, blank=True)  # set: nothing more is taken from it
    # What came from it and was not taken, for its owner to see; only of the month named, which is when it was opened here.
    refused = models.PositiveSmallIntegerField(default=0)
    refused_month = models.CharField(max_length=7, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-enrolled_month", "ref"]
        constraints = [
            no_day_in("enrolled_month", "counselling_phone_enrolled_month_only"),
            no_day_in("ended_month", "counselling_phone_ended_month_only"),
            no_day_in("refused_month", "counselling_phone_refused_month_only"),
        ]

    def __str__(self) -> str:
        return self.ref


class ReceivingKey(models.Model):
    """A public key to which phones seal. Its private half lies in a file that only the receiving worker reads."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    public_key = models.CharField(max_length=88, unique=True)  # P-256, uncompressed point, base64
    made_on = models.DateField()
    is_current = models.BooleanField(default=True)  # phones that were not online since still seal to an older one

    class Meta:
        default_permissions = ()
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="counselling_one_receiving_key",
                violation_error_message=_("One receiving key is in use; retire it first."),
            )
        ]

    def __str__(self) -> str:
        return self.ref


class ContactInbox(models.Model):
    """An envelope as it came, until the worker opens it. No moment, no address, no account.

    One that no key at hand opens is tried again each night until its month cannot be taken any more. What is left
    afterwards is the client's identifier, which makes a repeated sending harmless; it is forgotten when a contact of
    that month would not be taken any more.
    """

    client_id = models.UUIDField(primary_key=True)
    sealed = models.BinaryField(blank=True)  # empty: it has been opened
    forget_from = models.CharField(max_length=7, blank=True)  # a month

    class Meta:
        default_permissions = ()
        constraints = [no_day_in("forget_from", "counselling_inbox_months_only")]

    def __str__(self) -> str:
        return "an envelope"


class EnvelopesLost(models.Model):
    """How many envelopes of a month were given up because no key opened them in time. A number, and nothing of them."""

    month = models.CharField(max_length=7, unique=True)  # in which they were first tried
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["-month"]
        constraints = [no_day_in("month", "counselling_lost_month_only")]

    def __str__(self) -> str:
        return self.month
