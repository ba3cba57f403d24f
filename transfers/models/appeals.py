"""Appeals against a decision or an award, heard by people who neither advised nor decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hcims.encryption import EncryptedTextField
from hcims.references import new_reference
from personnel.models import Officer
from transfers.models.requests import TransferRequest
from transfers.models.rounds import Award, RoundRun


class AppealGround(models.TextChoices):
    WRONG_INPUT = "wrong-input", "A fact was wrong"
    MISAPPLIED = "misapplied", "A rule was wrongly applied"
    NEW_GROUND = "new-ground", "A new compassionate ground"


class AppealState(models.TextChoices):
    LODGED = "lodged", "Lodged"
    HEARING = "hearing", "Before the panel"
    UPHELD = "upheld", "Upheld"
    DISMISSED = "dismissed", "Dismissed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Remedy(models.TextChoices):
    NONE = "none", "None"
    NEXT_VACANCY = "next-vacancy", "The next vacancy at the place"
    PRIORITY = "priority", "Priority in the next round"
    DECIDE_AGAIN = "decide-again", "The request is decided again"
    STAY = "stay", "The order is cancelled; the officer stays"


class Appeal(models.Model):
    """One appeal. Nobody else's award is undone by it: the remedy is the next vacancy, priority, or a new decision."""

    TRANSITIONS = {
        AppealState.LODGED: {AppealState.HEARING, AppealState.WITHDRAWN},
        AppealState.HEARING: {AppealState.UPHELD, AppealState.DISMISSED, AppealState.WITHDRAWN},
        AppealState.UPHELD: set(),
        AppealState.DISMISSED: set(),
        AppealState.WITHDRAWN: set(),
    }
    PENS = {
        AppealState.LODGED: "secretary of the panel",
        AppealState.HEARING: "panel",
        AppealState.UPHELD: "nobody",
        AppealState.DISMISSED: "nobody; the Employment and Labour Relations Court",
        AppealState.WITHDRAWN: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="transfer_appeals")
    request = models.ForeignKey(
        TransferRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals")
    ground = models.CharField(max_length=12, choices=AppealGround)
    text = EncryptedTextField()
    evidence = models.FileField(upload_to="evidence/", blank=True)
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.LODGED)
    lodged_at = models.DateTimeField()
    due_on = models.DateField()  # the clock
    rerun = models.ForeignKey(RoundRun, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    remedy = models.CharField(max_length=12, choices=Remedy, default=Remedy.NONE)
    reasons = EncryptedTextField(blank=True)  # to the officer
    public_outcome = models.CharField(max_length=300, blank=True)  # without a name
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    # The remedy is a promise until somebody has carried it out.
    carried_out_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    carried_out_how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(request__isnull=False, award__isnull=True) | Q(request__isnull=True, award__isnull=False),
                name="transfers_appeal_against_one_thing",
            ),
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(state__in=["lodged", "hearing"]),
                name="transfers_one_open_appeal",
                violation_error_message="An appeal of yours is open; add to that one.",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"appeal {self.ref}"

    @property
    def is_sealed(self) -> bool:
        """An appeal in a protected matter is as closed in the trail as the matter itself."""
        return self.request is not None and self.request.is_protected


class PanelMember(models.Model):
    """Who hears an appeal: never anyone who advised or decided on the matter."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="panel")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    view = models.TextField(blank=True)  # own view for the record, where it differs

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "user"], name="transfers_panel_member_once"),
            models.CheckConstraint(condition=~Q(user=models.F("named_by")), name="transfers_panel_not_self_named"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
