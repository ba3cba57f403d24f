"""The public page that checks a paper, and the letters of whoever is signed in."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hcims.access.guards import opens_to_everyone, opens_to_signed_in
from hcims.letters import kinds, queries, throttle
from hcims.letters.forms import CodeForm, FileForm
from hcims.ui.forms import status_of


@opens_to_everyone
@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Asks for the code on a letter."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("letters:result", code=form.cleaned_data["code"])
    return render(request, "letters/check.html", {"form": form}, status=status_of(form))


@opens_to_everyone
@require_http_methods(["GET", "POST"])
def result(request: Any, code: str) -> HttpResponse:
    """What this system knows of a letter with that code; of every other code the same: that it issued none."""
    if throttle.too_many(request, at=request.now):
        return render(request, "letters/too_many.html", status=429)
    letter = queries.letter_behind(code)
    if letter is None:
        return _private(render(request, "letters/unknown.html", status=404))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    same = queries.same_file(letter, form.cleaned_data["file"].chunks()) if form.is_valid() else None
    context = {"letter": letter, "kind": kinds.title_of(letter.kind), "form": form, "same": same}
    return _private(render(request, "letters/result.html", context, status=status_of(form)))


def _private(response: Any) -> Any:
    """Kept by no cache and found by no search engine."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@opens_to_signed_in
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The letters to me."""
    return render(request, "letters/letters.html", {"letters": queries.letters_to(request.user)})


@opens_to_signed_in
@require_GET
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """One kept letter, as it was issued."""
    found = queries.access_letter(request.user, ref)
    name = found.number.replace("/", "-") + ".pdf"
    paper = io.BytesIO(queries.pdf_of(found))
    return _private(FileResponse(paper, filename=name, content_type="application/pdf"))
