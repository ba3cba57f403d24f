"""Draws lists to choose from.

Django renders two templates an option. A page of filters has some three hundred options, and drawing them so took a
sixth of its time; here the same markup is put together at once.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"


class HouseRenderer(DjangoTemplates):
    """Django's own drawing of forms but for plain lists to choose from."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        widget = context.get("widget", {})
        if template_name == SELECT and _is_plain(widget):
            return select(widget)
        return super().render(template_name, context, request)


def _is_plain(widget: dict[str, Any]) -> bool:
    """Whether no option asks for a drawing of its own."""
    return all(
        option["template_name"] == OPTION for _name, options, _index in widget["optgroups"] for option in options
    )


def select(widget: dict[str, Any]) -> SafeString:
    """A list as Django's template draws it. Shape: `widget` is what `Select.get_context` gives of it."""
    lines = [f'<select name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>']
    for name, options, _index in widget["optgroups"]:
        if name:
            lines.append(f'  <optgroup label="{_escaped(name)}">')
        lines += [
            f'  <option value="{_escaped(option["value"])}"{_attributes(option["attrs"])}>'
            f"{_escaped(option['label'])}</option>"
            for option in options
        ]
        if name:
            lines.append("  </optgroup>")
    lines.append("</select>")
    return mark_safe("\n".join(lines))  # every value above is escaped


def _escaped(given: Any) -> str:
    """As Django escapes, without its detour over texts that are translated later."""
    return given.__html__() if hasattr(given, "__html__") else escape(str(given))


def _attributes(given: dict[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in given.items()
        if value is not False
    )
