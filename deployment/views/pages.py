"""A page with one form on it, the way this module answers all of its small forms."""

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
    done: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    submit: str,
    back: str,
    said: str,
    lead: str = "",
    follow: str | Callable[[Any], str] = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """This function will show the form; when it is sent and valid it will run `done(cleaned data)` and go on.

    `follow` is the address to go to, or a function of what `done` returned; a refusal becomes an error of the form.
    """
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            result = done(form.cleaned_data)
            messages.success(request, said)
            return redirect(follow(result) if callable(follow) else follow or back)
    page = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead, **(context or {})}
    return render(request, "deployment/form.html", page, status=status_of(form))
