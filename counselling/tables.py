"""Lists of offices, provision and incidents."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from counselling.models import Room
from hcims.ui.tables import ChipColumn, DayColumn, NumberColumn, Table

TONES = {"recorded": "wait", "confirmed": "good", "returned": "bad"}


class OfficeTable(Table):
    """One row an office."""

    name = django_tables2.Column(_("Office"))
    unit = django_tables2.Column(_("Unit"), order_by="unit__name")
    county = django_tables2.Column(_("County"), accessor="unit__county", order_by="unit__county__name", default="–")
    rooms = NumberColumn(verbose_name=_("Rooms"), default="–")
    counsellors = NumberColumn(verbose_name=_("Counsellors"), default="–")
    social_workers = NumberColumn(verbose_name=_("Social workers"), default="–")
    chaplains = NumberColumn(verbose_name=_("Chaplains"), default="–")
    telephone = django_tables2.Column(_("Telephone"), default="–", attrs={"td": {"class": "nowrap tabular"}})
    starts_on = DayColumn(verbose_name=_("Since"))
    caption = _("Counselling offices")
    empty_title = _("No office is on the list")
    empty_text = _("Put the first one on the list: everyone then finds it in the directory.")

    class Meta(Table.Meta):
        order_by = "name"

    def render_name(self, value: str, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("counselling:office", args=[record.ref]), value)


class ProvisionTable(Table):
    """One row a unit that has recorded room and hours."""

    unit = django_tables2.Column(_("Unit"), order_by="unit__name")
    room = django_tables2.Column(_("Room"))
    place = django_tables2.Column(_("Where"), default="–")
    hours_a_week = NumberColumn(verbose_name=_("Protected hours a week"))
    hours = django_tables2.Column(_("Which hours"), default="–")
    starts_on = DayColumn(verbose_name=_("Since"))
    state = ChipColumn(verbose_name=_("Coordinator"), tones=TONES)
    caption = _("Room and protected hours")
    empty_title = _("No unit has recorded room and hours yet")
    empty_text = _("Choose a unit above and record what it provides.")

    def render_unit(self, value: Any, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("counselling:welfare_unit", args=[value.code]), value)


class UnitTable(Table):
    """One row a unit, whatever it provides."""

    name = django_tables2.Column(_("Unit"))
    type = django_tables2.Column(_("Type"))
    room = django_tables2.Column(_("Room"), default="–")
    hours_a_week = NumberColumn(verbose_name=_("Protected hours a week"), default="–")
    caption = _("Units")
    empty_title = _("No unit stands in your area")
    empty_text = _("The service's HR opens units; what they provide is recorded here.")

    class Meta(Table.Meta):
        order_by = "name"

    def render_name(self, value: str, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("counselling:welfare_unit", args=[record.code]), value)

    def render_room(self, value: str) -> Any:
        return Room(value).label


class GroupTable(Table):
    """One row a healing group. It has no members on record, and how many come is shown in sums alone."""

    unit = django_tables2.Column(_("Unit"), order_by="unit__name")
    rhythm = django_tables2.Column(_("Meets"))
    starts_on = DayColumn(verbose_name=_("Since"))
    caption = _("Healing groups that meet")
    empty_title = _("No healing group meets yet")
    empty_text = _("Open a unit and record its group: how often it meets, and nobody's name.")

    def render_unit(self, value: Any, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("counselling:welfare_unit", args=[value.code]), value)


class PostedThereTable(Table):
    """One row an officer posted where an incident happened. It says nothing of the offer, which all of them had."""

    service_number = django_tables2.Column(_("Service number"), attrs={"td": {"class": "tabular nowrap"}})
    full_name = django_tables2.Column(_("Name"), order_by=("surname", "other_names"))
    rank = django_tables2.Column(_("Rank today"), order_by="rank__order", default="–")
    caption = _("Posted there that day")
    empty_title = _("Nobody was posted there")
    empty_text = _("Nobody was posted there on the day, as the postings stand today.")

    def __init__(self, *args: Any, openable: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.openable = openable

    def render_service_number(self, value: str, record: Any) -> Any:
        if record.pk not in self.openable:
            return value
        return format_html('<a href="{}">{}</a>', reverse("desk:officer", args=[value]), value)


class IncidentTable(Table):
    """One row an event."""

    kind = django_tables2.Column(_("What happened"))
    unit = django_tables2.Column(_("Unit"), order_by="unit__name")
    happened_on = DayColumn(verbose_name=_("Day"))
    posted_there = NumberColumn(verbose_name=_("Posted there: all were offered support"))
    caption = _("Critical incidents")
    empty_title = _("No critical incident is on record")
    empty_text = _("Record one when it happens: support is offered to everybody posted there, all alike.")

    def render_kind(self, value: Any, record: Any) -> Any:
        return format_html('<a href="{}">{}</a>', reverse("counselling:incident", args=[record.ref]), value)
