"""A page with one form on it, the way this module answers its small forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hcims.ui.forms import rules_on, status_of


def form_page(
    request: HttpRequest,
    form: Any,
    done: Callable[[Any], Any],
    *,
    title: str,
    submit: str,
    back: str,
    said: str,
    lead: str = "",
    caption: str = "",
    template: str = "transfers/form.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """This function will show the form; when it is sent and valid it will run `done(form)` and go back.

    A refusal becomes an error of the form.
    """
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            done(form)
            messages.success(request, said)
            return redirect(back)
    page = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead, "caption": caption}
    return render(request, template, {**page, **(context or {})}, status=status_of(form))
