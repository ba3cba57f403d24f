"""Cohorts, and the trainees of one."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui import parts
from hcims.ui.tables import ChipColumn, DayColumn, NumberColumn, Table
from training import cohort_words as words


def officer_link(officer: Any, linked: set[int]) -> SafeString:
    """Number and name; a link only where the reader may open the file."""
    rank = officer.rank.code if officer.rank else ""
    number: Any = officer.service_number
    if officer.pk in linked:
        number = format_html('<a href="{}">{}</a>', reverse("desk:officer", args=[officer.service_number]), number)
    return format_html("{} {}<br>{}", number, rank, officer.full_name)


def trainees_of(ref: str, state: str = "") -> str:
    """The address of a cohort's trainees, of one state alone where that is named."""
    return f"{reverse('training:cohort', args=[ref])}{f'?state={state}' if state else ''}#trainees"


class CohortTable(Table):
    """Runnings of courses with their seats."""

    caption = _l("Cohorts")
    empty_title = _l("No cohort here")
    title = django_tables2.Column(verbose_name=_l("Running"))
    unit = django_tables2.Column(verbose_name=_l("Held by"), order_by=("unit__name",))
    state = ChipColumn(verbose_name=_l("State"), tones=words.COHORT_TONES, words=words.COHORTS)
    first_on = DayColumn(verbose_name=_l("From"))
    last_on = DayColumn(verbose_name=_l("To"))
    seats = NumberColumn(verbose_name=_l("Seats"))
    waiting = NumberColumn(verbose_name=_l("Names waiting"), link=lambda row: reverse("training:names", args=[row.ref]))
    given = NumberColumn(verbose_name=_l("Seats given"), link=lambda row: reverse("training:names", args=[row.ref]))
    trainees = NumberColumn(verbose_name=_l("Trainees"), link=lambda row: trainees_of(row.ref))
    passed = NumberColumn(verbose_name=_l("Passed"), link=lambda row: trainees_of(row.ref, "passed"))

    class Meta(Table.Meta):
        order_by = "-first_on"

    def render_title(self, record: Any) -> Any:
        url = reverse("training:cohort", args=[record.ref])
        return format_html('<a href="{}">{}</a><br><small>{}</small>', url, record.title, record.version.course)


class TraineeTable(Table):
    """The trainees of a cohort."""

    caption = _l("Trainees")
    empty_title = _l("No trainee here")
    officer = django_tables2.Column(
        verbose_name=_l("Officer"), order_by=("officer__surname",), attrs={"td": {"class": "nowrap"}}
    )
    unit = django_tables2.Column(
        verbose_name=_l("From"), accessor="officer__unit__name", order_by=("officer__unit__name",)
    )
    state = ChipColumn(verbose_name=_l("State"), tones=words.TRAINEE_TONES, words=words.TRAINEES)
    attempt = NumberColumn(verbose_name=_l("Attempt"))
    share = django_tables2.Column(
        verbose_name=_l("Present"),
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )
    mark = NumberColumn(verbose_name=_l("Mark"))
    paper = django_tables2.Column(verbose_name=_l("Letter and certificate"), empty_values=(), orderable=False)
    ref = django_tables2.Column(verbose_name="", orderable=False)

    class Meta(Table.Meta):
        order_by = "officer"

    def __init__(self, *args: Any, linked: set[int], runs: bool, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if runs else ("ref",), **kwargs)
        self.linked, self.runs = linked, runs

    def render_officer(self, value: Any) -> Any:
        return officer_link(value, self.linked)

    def render_share(self, record: Any) -> Any:
        share = record.share
        if share is None or share.of_100 is None:
            return "–"
        text = f"{share.of_100}%"
        return parts.chip(text, "bad") if share.of_100 < record.needed else text

    def render_paper(self, record: Any) -> Any:
        certificate = record.certificate
        if certificate is not None:
            number = format_html(
                '<a href="{}">{}</a>', reverse("training:certificate_file", args=[certificate.ref]), certificate.letter.number
            ) if self.runs else certificate.letter.number  # fmt: skip
            withdrawn = parts.chip(_("withdrawn"), "bad") if certificate.withdrawn_on else ""
            return format_html("{} {}", number, withdrawn)
        return record.letter.number if record.letter else "–"

    def render_ref(self, value: Any, record: Any) -> Any:
        label = _("Open the trainee %(number)s") % {"number": record.officer.service_number}
        address = reverse("training:trainee", args=[value])
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, label, _("Open"))
