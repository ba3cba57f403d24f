"""Four charts drawn by the server: `{% load charts %}`, then `{% bars %}`, `{% lines %}`, `{% matrix %}`, `{% tiles %}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from hcims.ui import charts

register = template.Library()


@register.inclusion_tag("ui/charts/bars.html")
def bars(given: Sequence[charts.Bar], caption: str, label_head: str = "", value_head: str = "") -> dict[str, Any]:
    """A table whose last column is the bar: chart and figures are one."""
    return {"bars": charts.bars(given), "caption": caption, "label_head": label_head, "value_head": value_head}


@register.inclusion_tag("ui/charts/lines.html")
def lines(labels: Sequence[str], series: Sequence[charts.Series], caption: str, head: str = "") -> dict[str, Any]:
    """Up to three lines over time, each told by dashes and by its name at the end; figures folded below."""
    rows = [(label, [each.values[index] for each in series]) for index, label in enumerate(labels)]
    return {"chart": charts.lines(labels, series), "rows": rows, "series": series, "caption": caption, "head": head}


@register.inclusion_tag("ui/charts/matrix.html")
def matrix(
    columns: Sequence[str],
    rows: Sequence[charts.Row],
    caption: str,
    corner: str = "",
    total: charts.Row | None = None,
) -> dict[str, Any]:
    """A heat table: rows by columns, the number in every cell, each a link to what it counts."""
    return {"columns": columns, "rows": rows, "caption": caption, "corner": corner, "total": total}


@register.inclusion_tag("ui/charts/tiles.html")
def tiles(given: Sequence[charts.Tile], caption: str, head: str = "", figures: bool = True) -> dict[str, Any]:
    """The tile grid: every tile a link; the same figures as a table, folded below (unless the page has it already)."""
    placed, width, height = charts.tiles(given)
    return {
        "tiles": placed, "width": width, "height": height, "size": charts.TILE, "middle": charts.TILE // 2,
        "caption": caption, "head": head, "figures": figures,
    }  # fmt: skip
