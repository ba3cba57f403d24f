"""A page with one form on it: how every module answers its small forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of


def form_page(
    request: HttpRequest,
    form: Any,
    done: Callable[[Any], Any],
    *,
    title: Any,
    submit: Any,
    back: str,
    said: Any = "",
    lead: Any = "",
    caption: Any = "",
    tone: str = "",
    follow: str | Callable[[Any], str] = "",
    template: str = "ui/form_page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """This function will show the form; when it is sent and valid it will run `done(form)`, say so, and go on.

    `follow` is the address to go on to, or a function of what `done` returned; without it, `back`. A refusal becomes an
    error of the form. `tone="bad"` marks a deed that is hard to take back.
    """
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            result = done(form)
            if said:
                notices.done(request, str(said))
            return redirect(follow(result) if callable(follow) else follow or back)
    page = {
        "form": form, "title": title, "submit": submit, "back": back, "lead": lead, "caption": caption, "tone": tone,
        "multipart": form.is_multipart(), **(context or {}),
    }  # fmt: skip
    return render(request, template, page, status=status_of(form))
