"""What trainees say without a name: whether a part was taught, and surveys before and after. Counts only, no sheet of answers.

A slip carries a code drawn from a hat: nobody knows who holds which. Answering spends the slip and adds one to counters;
neither says when, nor which answers came together.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.references import new_reference
from training.models.cohorts import Cohort
from training.models.curriculum import Programme


class AskedWhen(models.TextChoices):
    BEFORE = "before", _("Before the cohort")
    AFTER = "after", _("After the cohort")
    TAUGHT = "taught", _("Whether each part was taught")


class Survey(models.Model):
    """The questions asked before and after cohorts of a programme; in use, it is followed by a new one, never changed."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="surveys")
    number = models.PositiveSmallIntegerField()
    title_en = models.CharField(_("title"), max_length=120)
    title_sw = models.CharField(_("title in Kiswahili"), max_length=120, blank=True)
    source = models.CharField(_("source of the questions"), max_length=200)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    in_use_from = models.DateField(null=True, blank=True)
    in_use_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("survey")
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="training_survey_number_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(in_use_from__isnull=False, in_use_to__isnull=True),
                name="training_one_survey_in_use",
                violation_error_message=_("Another survey of this programme is in use."),
            ),
            models.CheckConstraint(
                condition=Q(in_use_from__isnull=True) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="training_survey_approved_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("drafted_by")),
                name="training_survey_needs_two",
                violation_error_message=_("Whoever drafted a survey does not approve it."),
            ),
        ]

    def __str__(self) -> str:
        return (self.title_sw if get_language() == "sw" else "") or self.title_en


class SurveyQuestion(models.Model):
    """A statement, answered from 1 (not at all) to 5 (very much)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text_en = models.CharField(_("question"), max_length=200)
    text_sw = models.CharField(_("question in Kiswahili"), max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("question")
        constraints = [models.UniqueConstraint(fields=["survey", "order"], name="training_question_order_once")]

    def __str__(self) -> str:
        return (self.text_sw if get_language() == "sw" else "") or self.text_en


class AnswerSlip(models.Model):
    """A code not yet spent: its keyed digest under a random key. Spent, the row is gone."""

    key = models.CharField(max_length=12, primary_key=True, default=new_reference, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="slips")
    asked = models.CharField(max_length=8, choices=AskedWhen)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("slip")

    def __str__(self) -> str:
        return self.key


class AnswerRound(models.Model):
    """One asking of a cohort: how many slips were drawn, how many answered, whether it is over."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="answer_rounds")
    asked = models.CharField(max_length=8, choices=AskedWhen)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    slips = models.PositiveSmallIntegerField()
    answers = models.PositiveSmallIntegerField(default=0)
    opened_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        verbose_name = _("asking")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "asked"],
                name="training_asked_once",
                violation_error_message=_("This cohort has been asked already."),
            ),
            models.CheckConstraint(condition=Q(answers__lte=models.F("slips")), name="training_answers_within_slips"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.asked}"


class AnswerCount(models.Model):
    """How many answered what: of a survey's question 1 to 5, of a part 1 (taught), 0 (not taught) or 2 (was not there)."""

    round = models.ForeignKey(AnswerRound, on_delete=models.PROTECT, related_name="counts")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part_code = models.SlugField(max_length=30, blank=True)
    value = models.PositiveSmallIntegerField(validators=[MinValueValidator(0), MaxValueValidator(5)])
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("count of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question", "part_code", "value"],
                condition=Q(question__isnull=False),
                name="training_count_of_question_once",
            ),
            models.UniqueConstraint(
                fields=["round", "part_code", "value"],
                condition=Q(question__isnull=True),
                name="training_count_of_part_once",
            ),
            models.CheckConstraint(condition=Q(value__lte=5), name="training_answer_value"),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.count}"
