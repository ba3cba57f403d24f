"""Letters that went out: number, kind, moment, digest and the check that proves them; the series that number them."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hcims.database_rules import NoOverlap
from hcims.periods import Period
from hcims.references import new_reference

PLACES = re.compile(r"\{(year|number(?::[1-9])?)\}")


def check_pattern(pattern: str) -> None:
    """Errors: ValidationError for a pattern with an unknown place, or without its number."""
    rest = PLACES.sub("", pattern)
    if "{" in rest or "}" in rest or "{number" not in pattern:
        raise ValidationError(_("Write the places as {year} and {number:5} (five digits). The number must be there."))


class LetterSeries(Period):
    """How the letters of one series are numbered from a day on: data, with the paper that orders it."""

    code = models.SlugField(max_length=30)
    pattern = models.CharField(max_length=60, validators=[check_pattern], help_text="NPS/HR/PO/{year}/{number:5}")
    authority = models.CharField(max_length=200)

    class Meta(Period.Meta):
        verbose_name = _("letter series")
        verbose_name_plural = _("letter series")
        ordering = ["code", "starts_on"]

    OVERLAP_RULES = [NoOverlap("letters_series_once", keys=("code",))]
    DATABASE_RULES = {"letters_series_once": "This series already has a pattern in these days."}

    def __str__(self) -> str:
        return f"{self.code} {self.pattern}"

    def number(self, year: int, count: int) -> str:
        """The reference number of the letter numbered `count` in its year."""

        def fill(match: re.Match[str]) -> str:
            if match[1] == "year":
                return str(year)
            return str(count).zfill(int(match[1].partition(":")[2] or 1))

        return PLACES.sub(fill, self.pattern)


class LetterCounter(models.Model):
    """The last number given in a series and year. Its row is locked until the letter is kept: no gaps, no doubles."""

    series = models.SlugField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="letters_counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class CheckCount(models.Model):
    """How many papers were checked from one address in one minute: what slows down whoever tries code after code."""

    address = models.CharField(max_length=32)  # its keyed digest
    minute = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "minute"], name="letters_check_count_once")]

    def __str__(self) -> str:
        return f"{self.minute:%H:%M}: {self.count}"


class Letter(models.Model):
    """One letter that was issued. What it says is in the file only, and not even there for a kind that is not kept."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Issued")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TRANSITIONS = {"issued": {"withdrawn"}, "withdrawn": set()}
    PRIVATE_FILES = {"file": "letters/"}
    PENS = {"issued": "the office that issued it, to withdraw it", "withdrawn": "nobody"}

    ref = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    number = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ISSUED)
    language = models.CharField(max_length=2, default="en")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="letters_issued")
    office = models.CharField(max_length=200)
    initials = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    sha256 = models.CharField(max_length=64)
    check_digest = models.CharField(
        max_length=64, unique=True
    )  # keyed digest of the code: the code is on the paper only
    file = models.CharField(max_length=120, blank=True)  # name in the private store; empty where it is not kept
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("letter")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="issued", withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="letters_withdrawn_pair",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("issued_at")),
                name="letters_withdrawn_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.number
