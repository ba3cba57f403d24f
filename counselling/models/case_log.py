"""The log of cases: who read, opened or was granted which, append-only and chained like the trail, and apart from it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling.case_chain import HASHED
from hcims.append_only import Chain
from hcims.audit.chain import GENESIS, hash_of


class CaseDeed(models.TextChoices):
    """What the log can say. Codes and references only: no name, no word of a case."""

    CASE_OPENED = "case-opened", _("Case opened")
    LIST_READ = "list-read", _("Own list read")
    CASE_READ = "case-read", _("Case read")
    TEXT_READ = "text-read", _("Attachment read")
    TEXT_WRITTEN = "text-written", _("Text written")
    NUMBER_CORRECTED = "number-corrected", _("Service number corrected")
    SESSION_ENTERED = "session-entered", _("Session entered")
    WAITED_CORRECTED = "waited-corrected", _("Waiting time corrected")
    REVIEW_SET = "review-set", _("Review set")
    CASE_CLOSED = "case-closed", _("Case closed")
    CASE_REOPENED = "case-reopened", _("Case opened again")
    CASE_ERASED = "case-erased", _("Case erased")
    CASE_REKEYED = "case-rekeyed", _("Case given a new key")
    GRANTED = "granted", _("Opened to a second counsellor")
    GRANT_ENDED = "grant-ended", _("Closed to a counsellor")
    HANDED_OVER = "handed-over", _("Handed over")
    REFERRED = "referred", _("Referred")
    REFERRAL_READ = "referral-read", _("Referral read")
    REFERRAL_ANSWERED = "referral-answered", _("Referral answered")
    LOG_READ = "log-read", _("Readings of the case read")
    OPENING_ASKED = "opening-asked", _("Opening asked for")
    SHARE_TAKEN = "share-taken", _("Share taken by the first custodian")
    OPENING_HALF = "opening-half", _("First custodian acted")
    INNER_TAKEN = "inner-taken", _("Inner share taken by the second custodian")
    SECRET_SEEN = "secret-seen", _("Second custodian saw the secret of the case")
    OPENED = "opened", _("Opened to its reader")
    OPENING_REFUSED = "opening-refused", _("Opening refused")
    OPENING_ENDED = "opening-ended", _("Opening over")
    KEY_PROPOSED = "key-proposed", _("Key proposed")
    KEY_RELOCKED = "key-relocked", _("Key locked with another passphrase")
    KEY_SIGNED = "key-signed", _("Key signed")
    KEY_CERTIFIED = "key-certified", _("Key certified")
    KEY_RETIRED = "key-retired", _("Key out of use")
    CUSTODIAN_KEY_MADE = "custodian-key-made", _("Custodian's key made")


class CaseEvent(models.Model):
    """One deed or reading. Text only, no foreign keys: it outlives the case."""

    HASHED = HASHED
    APPEND_ONLY = [Chain("case log", head="counselling_caseeventhead")]

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=20, choices=CaseDeed)
    case_ref = models.CharField(max_length=12, db_index=True, blank=True)  # of the case, or of the key
    by_ref = models.CharField(max_length=12, db_index=True, blank=True)
    to_ref = models.CharField(max_length=12, blank=True)  # the person it was opened or closed to
    office_ref = models.CharField(max_length=12, blank=True)
    detail = models.CharField(max_length=40, blank=True)  # a code, a count, the reference of a text or an opening
    reason = models.CharField(max_length=20, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("line of the case log")
        default_permissions = ()
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.event}"

    def computed_hash(self) -> str:
        """The hash that this row's content and the row before it make."""
        return hash_of(self)


class CaseEventHead(models.Model):
    """The one row that every writer of the case log locks last: where its chain stands."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("head of the case log")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="counselling_one_log_head")]

    def __str__(self) -> str:
        return f"head at {self.sequence}"
