"""Officers and civilian members: the person, the service, and where the record is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Upper

from hcims.encryption import EncryptedTextField, blind_index
from hcims.references import new_reference
from organisation.models import County, Rank, Service, Unit
from personnel.models.history import PaperHistory


class Sex(models.TextChoices):
    FEMALE = "F", "Female"
    MALE = "M", "Male"


class Member(models.TextChoices):
    """Uniformed or civilian: both are members of the service. Source: LN 41/2015."""

    OFFICER = "officer", "Police officer"
    CIVILIAN = "civilian", "Civilian member"


class ExitReason(models.TextChoices):
    RETIREMENT = "retirement", "Retirement"
    RESIGNATION = "resignation", "Resignation"
    CONTRACT_END = "contract-end", "End of contract"
    DEATH = "death", "Death"
    DISMISSAL = "dismissal", "Dismissal or removal"
    MEDICAL = "medical", "Retired on medical grounds"
    ENTERED_IN_ERROR = "entered-in-error", "Record entered in error"


class OfficerQuerySet(models.QuerySet["Officer"]):
    """Members of the service, filtered by day."""

    def serving(self, on: date) -> OfficerQuerySet:
        """Those in the service on the day `on`; a record entered in error never was."""
        return (
            self.filter(Q(exited_on__isnull=True) | Q(exited_on__gt=on))
            .filter(Q(enlisted_on__isnull=True) | Q(enlisted_on__lte=on))
            .exclude(exit_reason=ExitReason.ENTERED_IN_ERROR)
        )


class Officer(models.Model):
    """A member of the service. Identifiers, contact and bank details are encrypted; identifiers are found blind.

    `unit` and `rank` are derived: where the substantive posting in force is, and the rank holding in force. Only
    `personnel.actions` writes them; `manage.py rebuild_derived` writes them again identically.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="officer"
    )
    member = models.CharField(max_length=8, choices=Member, default=Member.OFFICER)
    service_number = models.CharField(max_length=20, unique=True)  # text: zeros are kept
    surname = models.CharField(max_length=60)
    other_names = models.CharField(max_length=100)
    sex = models.CharField(max_length=1, choices=Sex)
    born_on = models.DateField(null=True, blank=True)
    service = models.CharField(max_length=3, choices=Service, blank=True)  # blank for civilian members
    enlisted_on = models.DateField(null=True, blank=True)
    contract_ends_on = models.DateField(null=True, blank=True)
    home_county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    house_allowance_place = models.CharField(max_length=60, blank=True)
    national_id = EncryptedTextField(blank=True)
    national_id_index = models.CharField(max_length=64, null=True, unique=True, editable=False)
    kra_pin = EncryptedTextField(blank=True)
    kra_pin_index = models.CharField(max_length=64, null=True, unique=True, editable=False)
    phone = EncryptedTextField(blank=True)
    personal_email = EncryptedTextField(blank=True)
    bank_name = models.CharField(max_length=60, blank=True)
    bank_branch = models.CharField(max_length=60, blank=True)
    bank_account = EncryptedTextField(blank=True)
    photo = models.FileField(upload_to="photos/", blank=True)
    exited_on = models.DateField(null=True, blank=True)
    exit_reason = models.CharField(max_length=16, choices=ExitReason, blank=True)
    exit_authority = models.CharField(max_length=200, blank=True)
    # Derived pointers
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="officers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="officers")
    # Surname first, in capitals: what a search by name begins with. The database keeps it, bulk imports included.
    name_key = models.GeneratedField(
        expression=Upper(Concat("surname", Value(" "), "other_names")),
        output_field=models.CharField(max_length=161),
        db_persist=True,
    )

    objects = OfficerQuerySet.as_manager()
    # Contact, bank and identity stand encrypted in the history too: the history copies the columns as they are.
    history = PaperHistory(excluded_fields=["unit", "rank", "user", "name_key"])

    class Meta:
        ordering = ["service_number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(exited_on__isnull=True, exit_reason="") | Q(exited_on__isnull=False) & ~Q(exit_reason=""),
                name="personnel_exit_day_and_reason",
                violation_error_message="An exit has a day and a reason, or neither.",
            ),
        ]
        indexes = [
            # All that counting and ordering a list of those in service reads: the wide rows themselves are left alone.
            models.Index(
                fields=["unit", "rank", "service", "service_number", "exited_on", "enlisted_on", "exit_reason"],
                name="personnel_officer_listed",
            ),
            models.Index(fields=["surname", "other_names"]),
            models.Index(fields=["rank", "service_number"]),
            models.Index(fields=["sex", "service", "id"], name="personnel_officer_sex_service"),
            # The operator class lets PostgreSQL find a beginning whatever its language settings; SQLite ignores it.
            models.Index(fields=["name_key"], opclasses=["varchar_pattern_ops"], name="personnel_officer_name_key"),
        ]

    DATABASE_RULES = {
        "personnel_officer_service_number_key": "Another record has this service number.",
        "personnel_officer_national_id_index_key": "Another record has this national ID.",
        "personnel_officer_kra_pin_index_key": "Another record has this KRA PIN.",
    }

    def __str__(self) -> str:
        return f"{self.service_number} {self.full_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the blind indexes in step with the identifiers they find."""
        self.national_id_index = blind_index(self.national_id)
        self.kra_pin_index = blind_index(self.kra_pin)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return f"{self.other_names} {self.surname}".strip()


class OfficerBackground(models.Model):
    """Ethnicity and disability: for Parliament's balance report in aggregate. On no list, no export, no file page.

    Seen by the officer himself or herself; entered with his or her consent. Source: Data Protection Act 2019, s.44.
    """

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="background")
    ethnicity = models.CharField(max_length=60, blank=True)
    has_disability = models.BooleanField(null=True)
    consented_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return "background"
