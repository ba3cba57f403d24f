"""What the components are made of: plain values that views hand to templates, and the little sums behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Text = str | Promise


@dataclass(frozen=True)
class Tab:
    """One page of a thing that has several."""

    label: Text
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Moment:
    """One line of a history: when, what, by whom, and what was said about it."""

    at: datetime | date
    what: Text
    by: Text = ""
    note: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Change:
    """One field that changes: what it was, what it becomes. Nothing is None."""

    label: Text
    was: Any
    now: Any

    @property
    def is_changed(self) -> bool:
        return bool(self.was != self.now)

    @property
    def had_nothing(self) -> bool:
        return self.was is None or self.was == ""

    @property
    def leaves_nothing(self) -> bool:
        return self.now is None or self.now == ""


@dataclass(frozen=True)
class Badge:
    """One filter in force, in words, and the query string of the page without it."""

    text: str
    without: str


SIGNS = {"good": "✓", "info": "i", "wait": "…", "bad": "!", "off": "–"}


def chosen(label: str) -> str:
    """This function will give a choice of a table in the reader's language; nothing stays nothing."""
    return _(str(label)) if label else ""


def sign_of(tone: str) -> str:
    """The sign that stands for a tone where colour cannot be seen."""
    return SIGNS.get(tone, "i")


def chip(text: str, tone: str = "info") -> SafeString:
    """A status as HTML, for tables that draw their cells in Python. Errors: ValueError for an unknown tone."""
    if tone not in SIGNS:
        raise ValueError(f"A chip's tone is one of {', '.join(SIGNS)}, not {tone!r}.")
    sign = format_html('<i aria-hidden="true">{}</i>', SIGNS[tone]) if tone != "info" else ""
    return format_html('<span class="chip chip--{}">{}{}</span>', tone, sign, text)


def percent(done: int, total: int) -> int:
    """How much of the total is done, 0 to 100, and 100 only when all of it is."""
    if total <= 0:
        return 0
    return min(100, done * 100 // total)


def wait_before_poll(polls: int) -> int:
    """Seconds to wait before asking again: 2 at first, rising by 1 to 10."""
    return min(10, 2 + max(0, polls))


def numbers_around(page: Any) -> list[int | None]:
    """Page numbers to offer: both ends, and two on each side of the current one; None stands for a gap."""
    last, here = page.paginator.num_pages, page.number
    wanted = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    shown: list[int | None] = []
    for number in wanted:
        if shown and shown[-1] is not None and number - shown[-1] > 1:
            shown.append(None)
        shown.append(number)
    return shown


def query_with(query: QueryDict, changes: Mapping[str, Any]) -> str:
    """A query string with some parameters set, and those set to None lifted; always begins with "?"."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def badges_of(form: Any, query: QueryDict) -> list[Badge]:
    """The filters in force, read from the bound form, in the words of its labels and choices."""
    if not form.is_bound:
        return []
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        said = [each for each in query if each == name or each.startswith((f"{name}_", f"{name}-"))]
        if name in form.errors or _is_nothing(value) or not said:
            continue  # what nobody said is how the page looks by itself: there is nothing to lift
        rest = query.copy()
        for key in [*said, "page"]:
            rest.pop(key, None)
        label = field.label if field.label is not None else name.replace("_", " ").capitalize()
        # A bare address would open the reader's default view: "all" says that none is wanted.
        found.append(Badge(f"{label}: {_words(field, value)}", rest.urlencode() or "all=yes"))
    return found


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or (hasattr(value, "__len__") and not len(value))


def _words(field: Any, value: Any) -> str:
    if value is True:
        return _("yes")
    if isinstance(value, slice):
        return " – ".join(_words(field, end) if end else "…" for end in (value.start, value.stop))
    if isinstance(value, date):
        return date_format(value, "j M Y")
    choices = _flat(getattr(field, "choices", ()))
    if isinstance(value, list | tuple | set):
        return _(" or ").join(choices.get(str(each), str(each)) for each in value)
    if hasattr(value, "all"):  # a queryset of chosen records
        return _(" or ").join(str(each) for each in value)
    return choices.get(str(value), str(value))


def _flat(choices: Any) -> Mapping[str, str]:
    """Choices without their groups. Choices that come from a query are left alone: the value names itself."""
    if not isinstance(choices, list | tuple) and not hasattr(choices, "__getitem__"):
        return {}
    flat: dict[str, str] = {}
    for key, label in list(choices):
        if isinstance(label, list | tuple):
            flat.update({str(inner): str(text) for inner, text in label})
        else:
            flat[str(key)] = str(label)
    return flat
