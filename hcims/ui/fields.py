"""Draws form fields as govuk-frontend's markup: label, hint, error and control tied together for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hcims.ui.widgets import DayInput


def kind_of(widget: forms.Widget) -> str:
    """Which drawing a widget gets."""
    kinds: list[tuple[type[forms.Widget], str]] = [
        (DayInput, "day"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
    ]
    return next((kind for class_, kind in kinds if isinstance(widget, class_)), "input")


# Several controls under one legend; a link to the field leads to the first of them.
GROUPS = ("radios", "checkboxes", "day")
CONTROL_CLASSES = {
    "input": "govuk-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
}


def rendered(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    width: int | str = "",
    inline: bool = False,
    legend: str = "",
    optional: bool = True,
) -> SafeString:
    """This function will draw one field. `width` is a number of characters; `inline` sets radios side by
    side; `optional=False` leaves out the word "(optional)"."""
    if bound.is_hidden:
        return mark_safe(str(bound))
    widget = bound.field.widget
    kind, described_by = kind_of(widget), _described_by(bound, hint)
    context: dict[str, Any] = {
        "field": bound,
        "kind": kind,
        "is_group": kind in GROUPS,
        "id": bound.auto_id,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "errors": bound.errors,
        "inline": inline,
        "legend": legend,
        "optional": optional and not bound.field.required,
        "described_by": described_by,
    }
    if kind in CONTROL_CLASSES:
        context["control"] = _control(bound, kind, width, described_by)
    if kind == "file":
        context["accept"] = widget.attrs.get("data-accept-words", "")
    if kind == "day":
        context["day_parts"] = _day_parts(bound)
    return mark_safe(render_to_string("ui/parts/field.html", context))


def _described_by(bound: BoundField, hint: str) -> str:
    ids = []
    if hint or bound.help_text:
        ids.append(f"{bound.auto_id}-hint")
    if bound.errors:
        ids.append(f"{bound.auto_id}-error")
    return " ".join(ids)


def _control(bound: BoundField, kind: str, width: int | str, described_by: str) -> SafeString:
    class_ = CONTROL_CLASSES[kind]
    classes = [class_, bound.field.widget.attrs.get("class", "")]
    if bound.errors:
        classes.append(f"{class_}--error")
    if width and kind == "input":
        classes.append(f"govuk-input--width-{width}")
    attrs = {"class": " ".join(filter(None, classes))}
    # Django would point at its own help and error ids, which are not on the page.
    attrs["aria-describedby"] = described_by or None  # type: ignore[assignment]
    if bound.errors:
        attrs["aria-invalid"] = "true"
    elif kind == "input" and isinstance(bound.field, forms.IntegerField) and bound.field.widget.input_type == "number":
        attrs["inputmode"] = "numeric"
    return bound.as_widget(attrs={key: value for key, value in attrs.items() if value is not None})


def _day_parts(bound: BoundField) -> list[dict[str, Any]]:
    drawn = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})["widget"][
        "subwidgets"
    ]
    return [
        {
            "label": label,
            "width": width,
            "id": f"{bound.auto_id}_{index}",
            "name": each["name"],
            "value": "" if each["value"] is None else each["value"],
        }
        for index, (each, label, width) in enumerate(
            zip(drawn, (_("Day"), _("Month"), _("Year")), (2, 2, 4), strict=True)
        )
    ]


def first_id(bound: BoundField) -> str:
    """The id that a link to this field should lead to: the first control of a group."""
    return f"{bound.auto_id}_0" if kind_of(bound.field.widget) in GROUPS else bound.auto_id


def errors_of(form: Any) -> Iterator[tuple[str, str]]:
    """The errors of a form or a formset, as (id to jump to, message); the id is empty for the whole form's errors."""
    if hasattr(form, "management_form"):
        for message in form.non_form_errors():
            yield "", message
        for each in form.forms:
            yield from errors_of(each)
        return
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield "", message
    for bound in form:
        for message in bound.errors:
            yield ("" if bound.is_hidden else first_id(bound)), message if bound.is_hidden else _named(bound, message)


def _named(bound: BoundField, message: str) -> str:
    """Five times "This field is required." says nothing: away from its field, an error says whose it is."""
    label = str(bound.label or "").strip()
    if not label:
        return message
    return f"{label} {message}" if label.endswith(("?", ":", ".")) else f"{label}: {message}"
