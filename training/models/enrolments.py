"""From a name put forward to a certificate: nominations, trainees, attendance, results, certificates."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from hcims.letters.models import Letter
from hcims.references import new_reference
from organisation.models import Unit
from personnel.models import Officer
from training.models.cohorts import Cohort, Meeting


class NominationSource(models.TextChoices):
    COMMANDER = "commander", _("Nominated by the commander")
    OWN = "own", _("Asked for by the officer")
    PLAN = "plan", _("Called by the plan")


class NominationState(models.TextChoices):
    ASKED = "asked", _("Waits for the commander")
    PROPOSED = "proposed", _("Waits for the institution")
    WAITING = "waiting", _("On the waiting list")
    ACCEPTED = "accepted", _("Given a seat")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LIVE = (NominationState.ASKED, NominationState.PROPOSED, NominationState.WAITING, NominationState.ACCEPTED)


class Nomination(models.Model):
    """A name put forward for a cohort, with what the entry conditions said of it on the day."""

    TRANSITIONS = {
        NominationState.ASKED: {NominationState.PROPOSED, NominationState.REFUSED, NominationState.WITHDRAWN},
        NominationState.PROPOSED: {
            NominationState.ACCEPTED, NominationState.WAITING, NominationState.REFUSED, NominationState.WITHDRAWN,
        },
        NominationState.WAITING: {NominationState.ACCEPTED, NominationState.REFUSED, NominationState.WITHDRAWN},
        NominationState.ACCEPTED: {NominationState.WITHDRAWN},
        NominationState.REFUSED: set(),
        NominationState.WITHDRAWN: set(),
    }  # fmt: skip
    PENS = {
        NominationState.ASKED: "the officer's commander",
        NominationState.PROPOSED: "training officer of the unit that holds the cohort",
        NominationState.WAITING: "the next in the order is given a seat that falls free",
        NominationState.ACCEPTED: "nobody; the trainee is called",
        NominationState.REFUSED: "nobody; the reason is on record",
        NominationState.WITHDRAWN: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="nominations")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="nominations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # the officer's unit on the day
    region = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=10, choices=NominationSource)
    state = models.CharField(max_length=10, choices=NominationState, default=NominationState.PROPOSED)
    findings = models.JSONField(default=list)  # [{"kind", "holds", "basis", …}] of each entry condition on the day
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of whoever put it forward
    put_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # who typed it
    put_at = models.DateTimeField()
    # The commander who put the name forward on a paper that somebody else typed; empty where he or she did it here.
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.CharField(max_length=120, blank=True, default="")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_code = models.CharField(max_length=30, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["put_at", "pk"]
        verbose_name = _("nomination")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "officer"],
                condition=Q(state__in=["asked", "proposed", "waiting", "accepted"]),
                name="training_nominated_once",
                violation_error_message=_("This officer is put forward for this cohort already."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(paper=""),
                name="training_signed_on_a_paper",
                violation_error_message=_("Name the paper that the commander signed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} for {self.cohort_id}"

    @property
    def put_forward_by(self) -> User:
        """Who put the name forward, whoever typed it."""
        return self.signed_by or self.put_by


class EnrolmentState(models.TextChoices):
    CALLED = "called", _("Called")
    JOINED = "joined", _("Joined")
    NO_SHOW = "no-show", _("Did not come")
    LEFT = "left", _("Left before the end")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")


class Enrolment(models.Model):
    """A trainee of a cohort. Repeats are counted: `attempt` says which one at this course it is."""

    TRANSITIONS = {
        EnrolmentState.CALLED: {EnrolmentState.JOINED, EnrolmentState.NO_SHOW, EnrolmentState.LEFT},
        EnrolmentState.JOINED: {EnrolmentState.PASSED, EnrolmentState.FAILED, EnrolmentState.LEFT},
        EnrolmentState.NO_SHOW: {EnrolmentState.JOINED},
        EnrolmentState.LEFT: {EnrolmentState.JOINED, EnrolmentState.CALLED},  # called anew after taking the name back
        EnrolmentState.PASSED: {EnrolmentState.FAILED, EnrolmentState.JOINED},
        EnrolmentState.FAILED: {EnrolmentState.PASSED, EnrolmentState.JOINED},
    }
    PENS = {
        EnrolmentState.CALLED: "training officer, on the first day",
        EnrolmentState.JOINED: "training officer, once it is over",
        EnrolmentState.NO_SHOW: "training officer, if he or she comes after all",
        EnrolmentState.LEFT: "training officer, if he or she comes back",
        EnrolmentState.PASSED: "training officer: another result with its paper, none where its list is taken back",
        EnrolmentState.FAILED: "training officer: another result with its paper, none where its list is taken back",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="enrolments")
    nomination = models.OneToOneField(
        Nomination, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolment"
    )
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.CALLED)
    attempt = models.PositiveSmallIntegerField(default=1)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # to join
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    mark = models.PositiveSmallIntegerField(_("mark"), null=True, blank=True, validators=[MaxValueValidator(100)])
    result_on = models.DateField(null=True, blank=True)
    result_paper = models.CharField(_("paper"), max_length=120, blank=True)
    result_note = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["officer__surname", "pk"]
        verbose_name = _("trainee")
        indexes = [models.Index(fields=["officer", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "officer"],
                name="training_enrolled_once",
                violation_error_message=_("This officer is a trainee of this cohort already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["passed", "failed"]) | Q(result_on__isnull=False),
                name="training_result_with_day",
                violation_error_message=_("A result has its day."),
            ),
            models.CheckConstraint(condition=Q(mark__isnull=True) | Q(mark__lte=100), name="training_mark_of_100"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} in {self.cohort_id}"


class AttendanceSource(models.TextChoices):
    PHONE = "phone", _("Taken on a phone")
    PAGE = "page", _("Entered on the page")
    SHEET = "sheet", _("From the institution's sheet")


class Attendance(models.Model):
    """Whether a trainee was at a meeting: yes or no. Nothing said there is kept anywhere."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField()
    source = models.CharField(max_length=6, choices=AttendanceSource)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "enrolment"],
                name="training_attendance_once",
                violation_error_message=_("The roll of this meeting names this trainee already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} at {self.meeting_id}"


class Certificate(models.Model):
    """The paper that says a course was passed; the letter behind it is checked by its code on the public page."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_on", "pk"]
        verbose_name = _("certificate")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(withdrawn_on__isnull=True),
                name="training_one_certificate",
                violation_error_message=_("A certificate for this course stands already."),
            )
        ]

    def __str__(self) -> str:
        return self.ref
