"""Controls of our own: a day typed as day, month, year, the way it stands on papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayInput(forms.MultiWidget):
    """Three short boxes: day, month, year. No order to guess and no calendar to page through."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return [None, None, None]
        return [value.day, value.month, value.year] if value else [None, None, None]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        whole = data.get(name)
        if whole:  # a link or a script may give the day whole: 2026-03-09
            return self.decompress(whole) if isinstance(whole, str) else whole
        return super().value_from_datadict(data, files, name)


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# Kiswahili months that begin differently.
MONTHS_SW = {"mac": 3, "mei": 5, "ago": 8, "okt": 10, "des": 12}


class DayField(forms.Field):
    """A day. Says which part is missing or impossible; takes a month by number or by name."""

    widget = DayInput
    default_error_messages = {
        "required": _("Enter the day, month and year."),
        "incomplete": _("The date must have a %(missing)s."),
        "impossible": _("There is no such date: %(given)s. Check day, month and year."),
        "year": _("The year must have four figures, such as 2026."),
    }

    def to_python(self, value: Any) -> date | None:
        """The date typed, or None for nothing. Errors: ValidationError saying which part to mend."""
        if isinstance(value, date):
            return value
        parts = [str(each or "").strip() for each in (value or [])]
        if not any(parts):
            return None
        names = [_("day"), _("month"), _("year")]
        missing = [str(name) for name, part in zip(names, parts, strict=False) if not part]
        if missing:
            raise ValidationError(self.error_messages["incomplete"], "incomplete", {"missing": ", ".join(missing)})
        return self._real_day(*parts)

    def _real_day(self, day: str, month: str, year: str) -> date:
        if not (year.isdecimal() and len(year) == 4):
            raise ValidationError(self.error_messages["year"], "year")
        try:
            return date(int(year), _month(month), int(day))
        except ValueError:
            given = f"{day} {month} {year}"
            raise ValidationError(self.error_messages["impossible"], "impossible", {"given": given}) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (date.fromisoformat(initial) if isinstance(initial, str) else initial)
        except ValidationError:
            return True


def _month(text: str) -> int:
    """Number of a month given by number or by name, English or Kiswahili. Errors: ValueError."""
    if text.isdecimal():
        return int(text)
    start = text.casefold()[:3]
    return MONTHS_SW[start] if start in MONTHS_SW else MONTHS.index(start) + 1
