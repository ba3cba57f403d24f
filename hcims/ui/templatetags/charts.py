"""Four charts drawn by the server: `{% load charts %}`, then `{% bars %}`, `{% lines %}`, `{% matrix %}`, `{% tiles %}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
        "tiles": placed, "width": width, "height": height, "caption": caption, "head": head, "figures": figures,
    }  # fmt: skip


SIGNS = {"none": "–", "hidden": "×"}

# Filters and not included templates: a page holds hundreds of cells, and the including cost half of its making.


@register.filter
def in_words(cell: charts.Cell) -> str:
    """What a cell says, also where it has no figure to show."""
    if cell.state == "none":
        return _("no data")
    return _("hidden, too few people") if cell.state == "hidden" else cell.text


TILE = """<g transform="translate({x} {y})"><title>{name}{title}</title>
<rect class="face {css}" width="{size}" height="{size}" rx="4"/>
<text class="tile-name heat-text-{step}" x="{middle}" y="23" text-anchor="middle">{label}</text>
<text class="tile-figure heat-text-{step}" x="{middle}" y="43" text-anchor="middle"{squeezed}>{text}</text></g>"""
SQUEEZED = format_html(' textLength="{}" lengthAdjust="spacingAndGlyphs"', charts.TILE - 6)


@register.filter
def drawn(placed: charts.PlacedTile) -> SafeString:
    """One tile of the grid: its letters over its figure, and a link to what it counts."""
    tile, cell = placed.tile, placed.tile.cell
    face = format_html(
        TILE, x=placed.x, y=placed.y, name=tile.name, title=f" – {cell.title}" if cell.title else "", css=cell.css,
        size=charts.TILE, middle=charts.TILE // 2, step=cell.step, label=tile.label,
        squeezed=SQUEEZED if len(cell.text) > 5 else "", text=SIGNS.get(cell.state, cell.text),
    )  # fmt: skip
    if not cell.url:
        return face
    return format_html('<a href="{}" aria-label="{}: {}">{}</a>', cell.url, tile.name, in_words(cell), face)


@register.filter
def figure(cell: charts.Cell) -> SafeString:
    """What stands in a cell: its figure, a link to what it counts, or a sign with its meaning for screen readers."""
    if cell.state == "none":
        sign: str = format_html(
            '<span aria-hidden="true">{}</span><span class="sr">{}</span>', SIGNS["none"], in_words(cell)
        )
        return format_html("<span>{}</span>", sign)
    if cell.state == "hidden":
        sign = (
            format_html("<span>{}</span>", cell.text)
            if cell.text
            else format_html('<span aria-hidden="true">{}</span>', SIGNS["hidden"])
        )
        return format_html('<span>{}<span class="sr">{}</span></span>', sign, in_words(cell))
    if not cell.url:
        return format_html("<span>{}</span>", cell.text)
    title = format_html(' title="{}"', cell.title) if cell.title else ""
    return format_html('<a href="{}"{}>{}</a>', cell.url, title, cell.text)
