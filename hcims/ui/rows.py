"""Draws the rows of a list.

django-tables2 looks up each function's signature and each column's attributes again for every cell, most of the cost of
a page of fifty rows. Here both are looked up once a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2.rows import BoundRow, BoundRows
from django_tables2.utils import signature

# The classes that style cells. The library adds others, one a column: kilobytes that style nothing.
CELL_CLASSES = frozenset({"num", "pick", "nowrap", "wrap", "muted", "strong", "tabular"})


class HouseRow(BoundRow):
    """One row; its cells are drawn by their column's `render`, as the library does."""

    def get_cell(self, name: str) -> Any:
        """A cell that is drawn of the record alone, whatever its value, needs no value looked up."""
        bound = self.table.columns[name]
        if self.table.arguments_of(bound) == ("record",) and not bound.column.empty_values and not bound.link:
            return bound.render(record=self._record)
        return super().get_cell(name)

    def _call_render(self, bound_column: Any, value: Any = None) -> Any:
        offered = self._optional_cell_arguments(bound_column, value)
        wanted = self._table.arguments_of(bound_column)
        content = bound_column.render(**(offered if wanted is None else {name: offered[name] for name in wanted}))
        return bound_column.link(content, **offered) if bound_column.link else content


class HouseRows(BoundRows):
    """The rows of a list, or of one page of it."""

    def __iter__(self) -> Iterator[HouseRow]:
        return (HouseRow(record, table=self.table) for record in self.data)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return HouseRows(data=self.data[key], table=self.table, pinned_data=self.pinned_data)
        return HouseRow(record=self.data[key], table=self.table)


def arguments_of(bound_column: Any) -> tuple[str, ...] | None:
    """The names of the values that a column's `render` asks for; None when it takes them all."""
    names, takes_all = signature(bound_column.render)
    return None if takes_all else names


def class_of(attributes: Any) -> SafeString:
    """A cell's class attribute with the house's own classes only, or nothing."""
    ours = " ".join(each for each in str(attributes.get("class") or "").split() if each in CELL_CLASSES)
    return format_html(' class="{}"', ours) if ours else mark_safe("")


def body_of(table: Any) -> SafeString:
    """The rows of the present page as HTML. Classes may depend on the record when a column's attribute is a function."""
    context = Context()
    classes = {
        column.name: None if _depends_on_record(column) else class_of(column.attrs["td"]) for column in table.columns
    }
    labels = _labels(table)
    lines = []
    for row in table.paginated_rows:
        cells = []
        for column, value in row.items():
            class_ = classes[column.name]
            shown = render_value_in_context(value, context)
            class_ = class_of(column.attrs["td"]) if class_ is None else class_
            cells.append(f"<td{class_}{labels[column.name]}>{shown}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return mark_safe("".join(lines))


def _labels(table: Any) -> dict[str, SafeString]:
    """What a phone writes above each cell of a row that stands as a card; the first column heads the card."""
    found: dict[str, SafeString] = {}
    has_head = False
    for column in table.columns:
        is_pick = "pick" in str(column.attrs["td"].get("class") or "")
        text = "" if is_pick or not has_head else str(column.header)
        has_head = has_head or not is_pick
        found[column.name] = format_html(' data-label="{}"', text) if text else mark_safe("")
    return found


def _depends_on_record(column: Any) -> bool:
    given = column.column.attrs.get("td") or column.column.attrs.get("cell") or {}
    return any(callable(value) for value in given.values())
