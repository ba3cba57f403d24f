"""An uploaded list on its way into the record, and its staged rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hcims.imports.sealed_files import SealedStorage
from hcims.references import new_reference


class BatchState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("Uploaded")
    READING = "reading", _("Being read")
    ASKING = "asking", _("Waiting for an answer")
    READY = "ready", _("Ready to look at")
    SECOND = "second", _("Waiting for a second person")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("File refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ImportBatch(models.Model):
    """One file (or the undoing of one), from upload to what came of it."""

    TRANSITIONS = {
        BatchState.UPLOADED: {BatchState.READING, BatchState.WITHDRAWN},
        BatchState.READING: {BatchState.ASKING, BatchState.READY, BatchState.REFUSED, BatchState.WITHDRAWN},
        BatchState.ASKING: {BatchState.READING, BatchState.WITHDRAWN},
        BatchState.READY: {BatchState.READING, BatchState.SECOND, BatchState.APPLYING, BatchState.WITHDRAWN},
        BatchState.SECOND: {BatchState.READING, BatchState.READY, BatchState.APPLYING, BatchState.WITHDRAWN},
        BatchState.APPLYING: {BatchState.APPLIED, BatchState.READY, BatchState.READING},
        BatchState.APPLIED: {BatchState.UNDONE},
        BatchState.UNDONE: set(),
        BatchState.REFUSED: set(),
        BatchState.WITHDRAWN: set(),
    }
    PENS = {
        BatchState.UPLOADED: "whoever uploaded it",
        BatchState.READING: "the worker; whoever uploaded it may withdraw it",
        BatchState.ASKING: "whoever uploaded it",
        BatchState.READY: "whoever uploaded it",
        BatchState.SECOND: "a second person with the permission for large imports",
        BatchState.APPLYING: "the worker",
        BatchState.APPLIED: "whoever may import, by a previewed undoing",
        BatchState.UNDONE: "nobody",
        BatchState.REFUSED: "nobody; a mended file is a new import",
        BatchState.WITHDRAWN: "nobody",
    }
    OPEN = (BatchState.UPLOADED, BatchState.READING, BatchState.ASKING, BatchState.READY, BatchState.SECOND,
            BatchState.APPLYING)  # fmt: skip

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=30)  # a code of IMPORT_KINDS
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    on = models.DateField("the day the list speaks of")
    area = models.CharField(max_length=20, blank=True)  # code of the unit whose list it is; "" for everything
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undoings")

    mends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="mendings")

    file = models.FileField(upload_to="imports/", storage=SealedStorage(), blank=True)  # gone when it is over
    unchanged = models.FileField(
        upload_to="imports/", storage=SealedStorage(), blank=True
    )  # lines: row, key, name, unit
    file_name = models.CharField(max_length=120, blank=True)
    file_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    scan = models.JSONField(default=dict)
    sheet = models.CharField(max_length=31, blank=True)
    heading = models.JSONField(default=dict)  # the row of headings and what each was taken for
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    clears = models.JSONField(default=list)  # columns in which a blank cell clears the field
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)  # what the reader should know of the reading: [code, {parameters}]
    refusal = models.TextField(blank=True)

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    pruned_at = models.DateTimeField(null=True, blank=True)  # its rows had run their time and were removed
    job_ref = models.CharField(max_length=20, blank=True)  # the job that holds it; an older one commits nothing

    class Meta:
        verbose_name = _("import")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["kind", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state="applying"),
                name="imports_one_applying",
                violation_error_message=_(
                    "Another list of this kind is being applied at this moment. Wait until it is done, then look at "
                    "yours again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("confirmed_by")),
                name="imports_needs_two",
                violation_error_message=_("The second person cannot be the one who confirmed it first."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, state__in=["uploaded", "reading", "asking", "ready", "second",
                                                                "applying", "refused", "withdrawn"])
                | Q(applied_at__isnull=False, state__in=["applied", "undone"]),
                name="imports_applied_has_moment",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.file_name or self.ref

    @property
    def is_open(self) -> bool:
        """Whether something can still come of it."""
        return self.state in self.OPEN


class Outcome(models.TextChoices):
    """What a row would do. Kinds that compare have outcomes of their own (see `hcims.imports.kinds`)."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    MISSING = "missing", _("Missing from the file")
    REJECTED = "rejected", _("Rejected")
    ELSEWHERE = "elsewhere", _("Elsewhere: to resolve")
    # Undoing
    RESTORE = "restore", _("Will be put back")
    REMOVE = "remove", _("Will be removed")
    VOID = "void", _("Will be marked as entered in error")
    TOUCHED = "touched", _("Changed since; left as it is")


class StagedRow(models.Model):
    """A row that would write, that cannot, or that is missing. Unchanged rows are counted and not stored.

    `after` and `before` hold column to value, encrypted columns encrypted; `sealed` the cells of a rejected row.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()  # as Excel shows it; 0 for a row that is not in the file
    key = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=160, blank=True)
    outcome = models.CharField(max_length=12)
    place = models.CharField(max_length=20, blank=True)  # code of the unit it is counted under
    target = models.BigIntegerField(null=True, blank=True)
    after = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # [column, code, {parameters}]
    notes = models.JSONField(default=list)  # [code, {parameters}]
    sealed = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["batch", "outcome", "id"], name="imports_row_outcome"),
            models.Index(fields=["batch", "place"], name="imports_row_place"),
            models.Index(fields=["batch", "key"], name="imports_row_key"),
        ]

    def __str__(self) -> str:
        return f"row {self.row}"
