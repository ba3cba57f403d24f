"""Cases: ciphertext, and the little that must stay legible around it. Whom a case is about stands nowhere here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling.models.offices import CounsellingOffice
from hcims.references import new_reference


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    ERASED = "erased", _("Erased")


class Waited(models.TextChoices):
    """How long ago the person first asked, as the counsellor states it when a case is opened. For the publication alone."""

    TODAY = "today", _("The same day")
    WEEK = "week", _("Within a week")
    FORTNIGHT = "fortnight", _("Within two weeks")
    MONTH = "month", _("Within a month")
    LONGER = "longer", _("Longer than a month")


class Case(models.Model):
    """One case. Its secret exists nowhere on the server but wrapped, in grants and custodians' shares."""

    TRANSITIONS = {
        CaseState.OPEN: {CaseState.CLOSED, CaseState.ERASED},
        CaseState.CLOSED: {CaseState.OPEN, CaseState.ERASED},
        CaseState.ERASED: set(),
    }
    PENS = {
        CaseState.OPEN: "the counsellor whose case it is",
        CaseState.CLOSED: "the counsellor whose case it is",
        CaseState.ERASED: "nobody: a tombstone",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    pseudonym = models.CharField(max_length=60)  # drawn from a list, never typed
    recipient = models.CharField(max_length=62)  # age1…, of the version below
    key_version = models.PositiveSmallIntegerField(default=1)
    office = models.ForeignKey(CounsellingOffice, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=6, choices=CaseState, default=CaseState.OPEN)
    opened_on = models.DateField()
    waited = models.CharField(max_length=9, choices=Waited, blank=True)  # empty: not known
    review_due_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    keep_until = models.DateField(null=True)
    erased_on = models.DateField(null=True)
    rekey_due_at = models.DateTimeField(null=True)  # from when on the secret that was shown is to be replaced
    face = models.OneToOneField("SealedText", on_delete=models.PROTECT, null=True, related_name="+")  # the latest

    class Meta:
        verbose_name = _("case")
        default_permissions = ()
        permissions = [("open_case", "Open one case")]
        indexes = [models.Index(fields=["keep_until"], name="counselling_case_keep")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True, keep_until__isnull=True, erased_on__isnull=True)
                | Q(state="closed", closed_on__isnull=False, keep_until__isnull=False, erased_on__isnull=True)
                | Q(state="erased", erased_on__isnull=False),
                name="counselling_case_days",
            ),
            models.CheckConstraint(
                condition=~Q(state="erased")
                | Q(pseudonym="", recipient="", waited="", face__isnull=True, office__isnull=True),
                name="counselling_tombstone_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class SessionKind(models.TextChoices):
    INTAKE = "intake", _("First session")
    INDIVIDUAL = "individual", _("Individual")
    FAMILY = "family", _("Family or couple")
    GROUP = "group", _("Group")
    FOLLOW_UP = "follow-up", _("Follow-up")
    CRISIS = "crisis", _("After a critical incident")


class SessionMode(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    PHONE = "phone", _("Telephone")
    VIDEO = "video", _("Video")


class Session(models.Model):
    """One session: kind, day, length. What was said is a sealed text."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=10, choices=SessionKind)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=9, choices=SessionMode)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("session")
        default_permissions = ()
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.ref


class TextKind(models.TextChoices):
    FACE = "face", _("Whom the case is about, and why")
    NOTE = "note", _("Note")
    PLAN = "plan", _("Plan")
    RISK = "risk", _("Risk assessment")
    INSTRUMENT = "instrument", _("Instrument")
    ATTACHMENT = "attachment", _("Attachment")
    APPOINTMENT = "appointment", _("Appointment")
    REFERRAL = "referral", _("Referral")
    CONSENT = "consent", _("Consent")


class SealedText(models.Model):
    """An age file sealed to its case in a browser. Never changed: a new text replaces it, and both stay."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="texts")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="texts")
    kind = models.CharField(max_length=11, choices=TextKind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    # DO_NOTHING: texts go only with their whole case, and the database checks it at the end of the transaction.
    replaces = models.OneToOneField("self", on_delete=models.DO_NOTHING, null=True, related_name="replaced_by")
    key_version = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    ciphertext = models.BinaryField()

    class Meta:
        verbose_name = _("sealed text")
        default_permissions = ()
        ordering = ["written_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(ciphertext=b""), name="counselling_text_is_there"),
        ]

    def __str__(self) -> str:
        return self.ref
