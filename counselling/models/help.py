"""Where help is by telephone, and the words said at the start of a talk. Both are public, dated and never deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hcims.periods import Period
from hcims.references import new_reference


def in_reader_language(english: str, kiswahili: str) -> str:
    """The text in the language of the page; English where there is no Kiswahili."""
    return (kiswahili if get_language() == "sw" else "") or english


class LineKind(models.TextChoices):
    """What a number is for."""

    COUNSELLING = "counselling", _("Counselling")
    CRISIS = "crisis", _("Danger to life, day and night")
    EMERGENCY = "emergency", _("Emergency services")
    OTHER = "other", _("Other help")


class HelpLine(Period):
    """A telephone number that helps, with its hours and the day on which somebody last tried it."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    code = models.CharField(max_length=30, blank=True)  # of the rows that the product brings; others have none
    kind = models.CharField(_("kind"), max_length=12, choices=LineKind)
    name_en = models.CharField(_("name"), max_length=120)
    name_sw = models.CharField(_("name in Kiswahili"), max_length=120, blank=True)
    number = models.CharField(_("number"), max_length=40)
    hours_en = models.CharField(_("hours"), max_length=120, blank=True)
    hours_sw = models.CharField(_("hours, in Kiswahili"), max_length=120, blank=True)
    is_24h = models.BooleanField(_("answered day and night: confirmed by whoever runs it"), default=False)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    last_tried_on = models.DateField(_("last tried on"), null=True, blank=True)
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    was_answered = models.BooleanField(_("somebody answered"), null=True, blank=True)
    source = models.CharField(_("where this is from (paper, date)"), max_length=200)

    class Meta(Period.Meta):
        verbose_name = _("help line")
        ordering = ["order", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_tried_on__isnull=True, tried_by__isnull=True, was_answered__isnull=True)
                | Q(last_tried_on__isnull=False, tried_by__isnull=False, was_answered__isnull=False),
                name="counselling_helpline_tried_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(last_tried_on__isnull=True) | Q(last_tried_on__gte=F("starts_on")),
                name="counselling_helpline_tried_after_start",
                violation_error_message=_("The line was tried before it was on this list."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_reader_language(self.name_en, self.name_sw)

    @property
    def hours(self) -> str:
        """In the reader's language."""
        return in_reader_language(self.hours_en, self.hours_sw)

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(each for each in self.number if each.isdigit() or each == "+")


class Purpose(models.TextChoices):
    """At the start of which talk the words are said."""

    PEER = "peer", _("Talk with a peer supporter")
    COUNSELLING = "counselling", _("Counselling")


class WordsState(models.TextChoices):
    """Whether an advocate of the High Court of Kenya has confirmed the words."""

    DRAFT = "draft", _("Draft, awaiting Kenyan counsel")
    CONFIRMED = "confirmed", _("Confirmed by counsel")


class ConsentWords(Period):
    """What is said about confidentiality, and its exceptions, at the start of a talk. One paragraph a line."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    code = models.CharField(max_length=30, blank=True)  # of the rows that the product brings
    purpose = models.CharField(max_length=12, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=WordsState, default=WordsState.DRAFT)
    body_en = models.TextField(_("words"))
    body_sw = models.TextField(_("words in Kiswahili"))
    source = models.CharField(_("where this is from (paper, date)"), max_length=200)

    class Meta(Period.Meta):
        verbose_name = _("consent words")
        verbose_name_plural = _("consent words")
        ordering = ["purpose", "-version"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["purpose", "version"], name="counselling_words_version_once"),
            models.UniqueConstraint(
                fields=["purpose"],
                condition=Q(ends_on__isnull=True),
                name="counselling_words_one_in_force",
                violation_error_message=_("Newer words for this talk are on record already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"

    @property
    def paragraphs(self) -> list[str]:
        """In the reader's language."""
        return [each.strip() for each in in_reader_language(self.body_en, self.body_sw).splitlines() if each.strip()]
