"""Forms of the house: govuk markup, refusals shown where they belong, 422 when something is to be mended."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django import forms

from hcims.errors import Refusal
from hcims.ui.widgets import DayField, DayInput

__all__ = ["DayField", "DayInput", "Form", "ModelForm", "rules_on", "status_of"]


class HouseMarkup:
    """Draws `{{ form }}` as the house draws forms, and asks browsers to leave checking to the page."""

    template_name = "ui/parts/form.html"
    use_required_attribute = False  # the server's errors say how to mend; a browser's bubble does not


class Form(HouseMarkup, forms.Form):
    """A form in the house's markup."""


class ModelForm(HouseMarkup, forms.ModelForm):
    """A model's form in the house's markup."""


@contextlib.contextmanager
def rules_on(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """This function will turn a refusal raised in its body into an error of the form, or of one of its fields.

    if form.is_valid():
        with rules_on(form):
            action(**form.cleaned_data, by=request.user)
            return redirect(...)
    return render(request, "…", {"form": form}, status=status_of(form))
    """
    try:
        yield
    except Refusal as refusal:
        message = f"{refusal.message} ({refusal.source})" if refusal.source else refusal.message
        form.add_error(field if field in form.fields else None, message)


def status_of(*given: Any) -> int:
    """422 when any of the forms holds an error, else 200."""
    return 422 if any(form is not None and form.is_bound and not form.is_valid() for form in given) else 200
