"""Lists: the house's django-tables2 base class and its columns. A list is a Table, a queryset and `listed()`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_tables2
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import template_localtime
from django.utils.translation import gettext_lazy as _

from hcims.ui import parts, rows
from hcims.ui.templatetags.ui import whole

PER_PAGE = 50
PER_PAGE_CHOICES = (25, 50, 100, 200)


class Table(django_tables2.Table):
    """A compact table: sticky head and first column, aria-sort, row count, pages, spreadsheet keys.

    Set `caption` (read out, and printed above) and `empty_text`; `pick` names the ticked field where rows can be acted on.
    """

    caption: Any = ""
    empty_title: Any = _("Nothing here")
    tall = False

    class Meta:
        template_name = "ui/table.html"
        orderable = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows.HouseRows(data=self.data, table=self, pinned_data=self.pinned_data)
        self._arguments: dict[str, tuple[str, ...] | None] = {}

    def arguments_of(self, bound_column: Any) -> tuple[str, ...] | None:
        """What a column's `render` asks for, looked up once a list."""
        if bound_column.name not in self._arguments:
            self._arguments[bound_column.name] = rows.arguments_of(bound_column)
        return self._arguments[bound_column.name]


class NumberColumn(django_tables2.Column):
    """Right-aligned, thousands separated, linked to what it counts when `link` gives an address for the row."""

    def __init__(self, *args: Any, link: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "num"}, "th": {"class": "num"}})
        super().__init__(*args, **kwargs)
        self._link_for = link

    def render(self, value: Any, record: Any = None) -> Any:
        text = whole(value)
        url = self._link_for(record) if self._link_for else ""
        return format_html('<a href="{}">{}</a>', url, text) if url else text


class DayColumn(django_tables2.Column):
    """A day, written so that it cannot be misread."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "nowrap"}})
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return date_format(template_localtime(value), "j M Y")  # the day of a moment is Nairobi's


class ChipColumn(django_tables2.Column):
    """A status: `tones` gives the tone of each stored value; the words are the field's own, or those of `words`."""

    def __init__(
        self,
        *args: Any,
        tones: dict[str, str] | None = None,
        words: dict[str, parts.Text] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tones, self.words = tones or {}, words or {}

    def render(self, value: Any, record: Any = None, bound_column: Any = None) -> Any:
        raw = str(bound_column.accessor.resolve(record) if bound_column is not None else value)
        return parts.chip(str(self.words.get(raw, value)), self.tones.get(raw, "info"))


class PickColumn(django_tables2.Column):
    """The tick box of a row; put the table into `<form data-bulk>` with a `{% bulk_bar %}`. Must be the first column."""

    def __init__(self, name: str = "refs", label: Callable[[Any], str] = str, **kwargs: Any) -> None:
        kwargs.update(
            orderable=False,
            attrs={"td": {"class": "pick"}, "th": {"class": "pick"}},
            exclude_from_export=True,
        )
        super().__init__(**kwargs)
        self.field_name, self._label_for = name, label

    @property
    def header(self) -> Any:
        text = _("Tick all rows of this page")
        return format_html('<input type="checkbox" data-select-page aria-label="{}">', text)

    def render(self, value: Any, record: Any = None) -> Any:
        return format_html(
            '<input type="checkbox" name="{}" value="{}" data-select aria-label="{}">',
            self.field_name,
            value,
            self._label_for(record),
        )


def listed(request: HttpRequest, table: Table, *, per_page: int = PER_PAGE) -> Table:
    """This function will order and page a table as the address asks (`?sort=…&page=…&per_page=…`)."""
    asked = request.GET.get("per_page", "")
    size = int(asked) if asked.isdecimal() and int(asked) in PER_PAGE_CHOICES else per_page
    # The library would take any page size from the address, a hundred thousand too.
    django_tables2.RequestConfig(request, paginate=False).configure(table)
    page = request.GET.get(table.prefixed_page_field, "1")
    try:
        table.paginate(page=page, per_page=size)
    except PageNotAnInteger:
        table.paginate(page=1, per_page=size)
    except EmptyPage:
        table.paginate(page=table.paginator.num_pages, per_page=size)
    return table
