"""The lists of institutions and instructors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui import parts
from hcims.ui.tables import DayColumn, NumberColumn, Table
from hcims.ui.templatetags.ui import whole
from training.standing import standing


def _page_of(unit: Any) -> str:
    return reverse("training:institution", args=[unit.code])


class InstitutionTable(Table):
    """Every institution, with what it has."""

    caption = _l("Institutions")
    name = django_tables2.Column(verbose_name=_l("Institution"), attrs={"td": {"class": "wrap"}})
    kind = django_tables2.Column(verbose_name=_l("Kind"), accessor="institution__kind", empty_values=())
    county = django_tables2.Column(verbose_name=_l("County"), order_by="county__name", default="–")
    capacity = NumberColumn(verbose_name=_l("Trainees at one time"), accessor="institution__capacity")
    trainees = NumberColumn(verbose_name=_l("Trainees now"), link=lambda unit: f"{_page_of(unit)}#intakes")
    next_on = DayColumn(verbose_name=_l("Next intake"), default="–")
    courses = NumberColumn(verbose_name=_l("Courses"), link=lambda unit: f"{_page_of(unit)}#courses")
    rooms = NumberColumn(verbose_name=_l("Rooms"), link=lambda unit: f"{_page_of(unit)}#rooms")
    instructors = NumberColumn(verbose_name=_l("Instructors"))
    lapsed = NumberColumn(verbose_name=_l("Lapsed certificates"))

    class Meta(Table.Meta):
        order_by = "name"

    def __init__(self, *args: Any, reached: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached = set(reached)  # institutions whose people the reader may read by name

    def _people(self, unit: Any, number: int, state: str = "") -> Any:
        if unit.pk not in self.reached or not number:
            return whole(number)
        url = f"{reverse('training:instructors')}?unit={unit.code}{state}"
        return format_html('<a href="{}">{}</a>', url, whole(number))

    def render_instructors(self, record: Any) -> Any:
        return self._people(record, record.instructors)

    def render_lapsed(self, record: Any) -> Any:
        return self._people(record, record.lapsed, "&state=lapsed")

    def render_name(self, record: Any) -> SafeString:
        return format_html(
            '<a href="{}">{}</a> <small class="muted">{}</small>', _page_of(record), record.name, record.code
        )

    def render_kind(self, record: Any) -> Any:
        has = getattr(record, "institution", None)
        return has.get_kind_display() if has else parts.chip(_("not described yet"), "wait")


class InstructorTable(Table):
    """Those who teach, with what they can do and what they are certified for."""

    caption: Any = _l("Instructors")
    empty_title = _l("No instructor is on the list")
    officer = django_tables2.Column(verbose_name=_l("Instructor"), order_by=("officer__surname", "pk"))
    institution = django_tables2.Column(verbose_name=_l("Institution"), order_by="institution__unit__name")
    starts_on = DayColumn(verbose_name=_l("Since"))
    skills = django_tables2.Column(verbose_name=_l("Skills on record"), empty_values=(), orderable=False)
    certificates = django_tables2.Column(verbose_name=_l("Certified for"), empty_values=(), orderable=False)
    next_end = DayColumn(verbose_name=_l("First to lapse"), default="–")

    class Meta(Table.Meta):
        order_by = "next_end"

    def __init__(
        self,
        *args: Any,
        on: date,
        due_until: date,
        open_files: Iterable[int] = (),
        is_of_one: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, exclude=("institution",) if is_of_one else (), **kwargs)
        if is_of_one:
            self.caption = ""  # the heading above says it
        self.on, self.due_until, self.open_files = on, due_until, set(open_files)

    def render_officer(self, record: Any) -> SafeString:
        url = reverse("training:instructor", args=[record.ref])
        rank = record.officer.rank.code if record.officer.rank else ""
        gone = record.officer.unit_id != record.institution.unit_id
        away = format_html("<br>{}", parts.chip(_("posted elsewhere"), "bad")) if gone else ""
        return format_html('<a href="{}">{}</a> {}<br>{}{}', url, record.officer.full_name, rank,
                           self.number(record.officer), away)  # fmt: skip

    def number(self, officer: Any) -> Any:
        """The service number, leading to the file where the reader may open it."""
        if officer.pk not in self.open_files:
            return officer.service_number
        return format_html(
            '<a href="{}">{}</a>', reverse("desk:officer", args=[officer.service_number]), officer.service_number
        )

    def render_institution(self, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', _page_of(record.institution.unit), record.institution.unit.name)

    def render_skills(self, record: Any) -> Any:
        return format_html_join(
            mark_safe("<br>"), "{} {}",
            ((each.skill, parts.chip(*self._stands(each.expires_on))) for each in record.officer.to_teach),
        ) or "–"  # fmt: skip

    def render_certificates(self, record: Any) -> Any:
        return format_html_join(
            mark_safe("<br>"), "{} {}",
            ((each.programme or each.course or each.skill, parts.chip(*self._stands(each.expires_on)))
             for each in record.counting),
        ) or parts.chip(_("none"), "off")  # fmt: skip

    def _stands(self, expires_on: date | None) -> tuple[str, str]:
        found = standing(expires_on, on=self.on, due_until=self.due_until)
        return found.words, found.tone
