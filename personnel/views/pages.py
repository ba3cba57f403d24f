"""A page with one form on it, the way this module answers all of its small forms."""

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
    done: Callable[[], Any],
    *,
    title: Any,
    submit: Any,
    back: str,
    said: Any,
    lead: Any = "",
    caption: Any = "",
    tone: str = "",
) -> HttpResponse:
    """This function will show the form; when it is sent and valid it will run `done` and go back to `back`.

    A refusal of `done` becomes an error of the form. `tone="bad"` marks a deed that is hard to take back.
    """
    if request.method == "POST" and form.is_valid():
        with rules_on(form):
            done()
            notices.done(request, str(said))
            return redirect(back)
    page = {
        "form": form, "title": title, "submit": submit, "back": back, "lead": lead, "caption": caption, "tone": tone,
        "multipart": form.is_multipart(),
    }  # fmt: skip
    return render(request, "personnel/form.html", page, status=status_of(form))
