"""The components as template tags: `{% load ui %}`. Every one of them is shown on /ui/."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from hcims.ui import fields, parts, queries, rows

register = template.Library()


# Files ------------------------------------------------------------------------------------------------------------------


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file, or nothing where it was never built: the page of last resort must still show."""
    try:
        return static(f"built/{name}")
    except ValueError:
        return ""


@register.simple_tag
def htmx_script() -> SafeString:
    """For a phone page that uses hx-… attributes."""
    return format_html('<script type="module" src="{}"></script>', static("built/htmx.js"))


@register.simple_tag
def desk_style() -> SafeString:
    """For a phone page that shows a chart or a dense table."""
    return format_html('<link rel="stylesheet" href="{}">', static("built/desk.css"))


# Figures ----------------------------------------------------------------------------------------------------------------


@register.filter
def whole(value: Any) -> str:
    """A whole number with thousands separated; a dash where there is none."""
    return "–" if value is None or value == "" else f"{int(value):,}"


@register.filter
def share(value: Any) -> str:
    """A share of one as a percentage without decimals; under half a percent is "<1%", not zero."""
    if value is None or value == "":
        return "–"
    if 0 < float(value) < 0.005:
        return "<1%"
    return f"{float(value) * 100:.0f}%"


@register.filter
def days(value: Any) -> str:
    """A number of days in words."""
    count = int(value)
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": f"{count:,}"}


# Blocks -----------------------------------------------------------------------------------------------------------------


def _block(name: str, **context: Any) -> SafeString:
    return mark_safe(render_to_string(f"ui/parts/{name}.html", context))


@register.simple_block_tag
def page_head(content: str, title: str, caption: str = "", lead: str = "") -> SafeString:
    """The page's h1 with what stands above and below it; the block holds its actions."""
    return _block("page_head", title=title, caption=caption, lead=lead, actions=mark_safe(content.strip()))


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of facts; inside stand `{% fact %}` blocks."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: str, action_url: str = "", action_label: str = "") -> SafeString:
    """One fact: its name, what it is, and a link to change it."""
    value = mark_safe(content.strip() or '<span class="muted">–</span>')
    return _block("fact", label=label, value=value, action_url=action_url, action_label=action_label)


@register.simple_block_tag
def stats(content: str, many: str = "") -> SafeString:
    """A row of figures; inside stand `{% stat %}` tags. "ten" lays ten of them out in two full rows."""
    return format_html('<ul class="tiles-row{}">{}</ul>', f" tiles-row--{many}" if many else "", content)


@register.inclusion_tag("ui/parts/stat.html")
def stat(label: str, value: Any, url: str = "", note: str = "", tone: str = "", part: str = "") -> dict[str, Any]:
    """One figure, linked to what it counts. Whole numbers are given their separators. `part`: where it is put later."""
    shown = whole(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return {"label": label, "value": shown, "url": url, "note": note, "tone": tone, "part": part}


@register.simple_block_tag
def banner(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A notice that stays: tone is info, good, wait or bad."""
    return _block("banner", content=content, tone=tone, title=title, sign=parts.sign_of(tone))


@register.simple_block_tag
def confirm(content: str, title: str, tone: str = "") -> SafeString:
    """What is about to happen, said before it is done; the block holds the words and the buttons."""
    return _block("confirm", content=content, title=title, tone=tone)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """A page or a list with nothing in it yet; the block says what to do first."""
    return _block("empty", content=content, title=title)


@register.simple_block_tag
def bulk_bar(content: str, total: int) -> SafeString:
    """How many rows are ticked and what may be done with them; `total` counts the whole list, not the page."""
    return _block("bulk_bar", content=content, total=total)


# Signs ------------------------------------------------------------------------------------------------------------------


@register.simple_tag
def chip(text: Any, tone: str = "info") -> SafeString:
    """A status in a word, with a sign so that it does not rest on colour: good, info, wait, bad, off."""
    return parts.chip(str(text), tone)


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, label: str = "") -> dict[str, Any]:
    """How far a long job is; a count that ran a little past its total is whole."""
    done = min(done, total) if total else done
    return {"done": done, "total": total, "label": label, "percent": parts.percent(done, total)}


@register.inclusion_tag("ui/parts/live_progress.html")
def live_progress(url: str, done: int, total: int, label: str = "", polls: int = 0) -> dict[str, Any]:
    """Progress that asks `url` again after 2 s, rising to 10 s; the answer is this tag once more with `polls` + 1."""
    return {**progress(done, total, label), "url": url, "polls": polls + 1, "wait": parts.wait_before_poll(polls)}


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(steps: Sequence[str], current: int) -> dict[str, Any]:
    """Where one stands in a job of several steps; `current` counts from 1."""
    return {"steps": steps, "current": current}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[parts.Tab], label: str = "") -> dict[str, Any]:
    """Pages of one thing, each with an address of its own."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(moments: Iterable[parts.Moment]) -> dict[str, Any]:
    """What happened to a thing, newest first as given."""
    return {"moments": moments}


@register.inclusion_tag("ui/parts/diff.html")
def diff(changes: Iterable[parts.Change], caption: str = "") -> dict[str, Any]:
    """Old → new, field by field."""
    return {"changes": changes, "caption": caption}


@register.inclusion_tag("ui/parts/heat_legend.html")
def heat_legend(steps: Sequence[str], nothing: bool = True, hidden: bool = False, scale: str = "") -> dict[str, Any]:
    """What the five steps mean, lightest first, and the hatches for no data and for hidden; `scale` says what the limits
    measure, where that is not the number in the cell."""
    return {"steps": list(enumerate(steps, start=1)), "nothing": nothing, "hidden": hidden, "scale": scale}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Any, page: Any, name: str = "page") -> dict[str, Any]:
    """Pages of a list with counts; `page` is a Page of a Paginator, `name` its parameter."""
    return {"request": context.get("request"), "page": page, "name": name, "numbers": parts.numbers_around(page)}


@register.simple_tag(takes_context=True)
def page_query(context: Any, name: str, value: Any) -> str:
    """The query string of this page with one parameter set (or lifted, when None)."""
    request = context.get("request")
    return parts.query_with(request.GET if request else QueryDict(), {name: value})


@register.inclusion_tag("ui/parts/undo.html", takes_context=True)
def undo_notice(context: Any, text: str, url: str, until: datetime | None = None) -> dict[str, Any]:
    """What was done and the way back, until when."""
    return {"text": text, "url": url, "until": until, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def undo_of(message: Message) -> str:
    """The address that takes back what a message reports, where it carries one (see hcims.ui.notices)."""
    return next((tag[5:] for tag in (message.extra_tags or "").split() if tag.startswith("undo:")), "")


@register.inclusion_tag("ui/parts/exit.html")
def exit_button(url: str = "https://meteo.go.ke/", still: bool = False) -> dict[str, Any]:
    """Leaves a sensitive page at once for a harmless one (the weather), also on three presses of Shift.

    `still` is for showing it: it stands in the text and leaves the Shift key alone.
    """
    return {"url": url, "still": still}


@register.inclusion_tag("ui/parts/sort_th.html", takes_context=True)
def sort_th(context: Any, label: str, key: str, numeric: bool = False, name: str = "sort") -> dict[str, Any]:
    """A column head that sorts, for tables written by hand: `?sort=key`, `?sort=-key`."""
    request = context.get("request")
    now = request.GET.get(name, "") if request else ""
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    following = f"-{key}" if state == "ascending" else key
    url = parts.query_with(request.GET, {name: following, "page": None}) if request else ""
    return {"url": url, "label": label, "numeric": numeric, "state": state}


# Forms ------------------------------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: Any, **options: Any) -> SafeString:
    """A form field with label, hint, error and the right control. Options: label, hint, width, inline, legend, optional."""
    return fields.rendered(bound, **options)


@register.simple_tag
def form_fields(form: Any) -> SafeString:
    """All fields of a form, in order."""
    visible = [fields.rendered(each) for each in form.visible_fields()]
    return mark_safe("".join([*(str(each) for each in form.hidden_fields()), *visible]))


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """All errors on top of the page, each linked to its field; it takes the focus."""
    return {"errors": [error for form in forms if form is not None for error in fields.errors_of(form)]}


@register.inclusion_tag("ui/parts/filter_bar.html", takes_context=True)
def filter_bar(context: Any, filters: Any) -> dict[str, Any]:
    """The filters of a list (a FilterSet or a form), and badges that say what is filtered, each with a link to lift it."""
    request, form = context["request"], getattr(filters, "form", filters)
    return {
        "request": request,
        "form": form,
        "badges": parts.badges_of(form, request.GET),
        "kept": [(name, request.GET[name]) for name in ("sort", "group", "columns") if request.GET.get(name)],
    }


@register.inclusion_tag("ui/parts/saved_views.html", takes_context=True)
def saved_views(context: Any, page: str) -> dict[str, Any]:
    """The reader's own views of a list (by its URL name), and a way to keep the present one. One query."""
    request = context["request"]
    now = queries.canonical(request.GET.urlencode())
    views = queries.views_of(request.user, page)
    current = next((each for each in views if each.query == now), None)
    return {"views": views, "current": current, "page": page, "query": now, "csrf_token": context.get("csrf_token")}


@register.filter
def or_dash(value: Any) -> Any:
    """The value, or a dash for nothing."""
    return "–" if value is None or value == "" else conditional_escape(value)


# Tables -----------------------------------------------------------------------------------------------------------------


@register.simple_tag
def table_body(table: Any) -> SafeString:
    """The rows of a list's present page."""
    return rows.body_of(table)


@register.simple_tag
def house_class(attributes: Any) -> SafeString:
    """A head's or foot's class attribute, with the house's own classes only."""
    return rows.class_of(attributes)


@register.simple_tag
def sort_state(column: Any) -> str:
    """What aria-sort says of a column: ascending, descending or nothing."""
    if not column.is_ordered:
        return ""
    return "descending" if column.order_by_alias.is_descending else "ascending"


@register.simple_tag(takes_context=True)
def sort_query(context: Any, table: Any, column: Any) -> str:
    """The query string that sorts by this column, the other way round when it already does; from the first page."""
    changes = {table.prefixed_order_by_field: column.order_by_alias.next, table.prefixed_page_field: None}
    return parts.query_with(context["request"].GET, changes)
