"""Rule books: the list, one version in plain words, two compared, and the editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hcims.access.guards import opens_to, opens_to_signed_in
from hcims.access.permissions import Permission as P
from hcims.errors import NotFound, Refusal
from hcims.ui import notices
from hcims.ui.forms import rules_on, status_of
from transfers import canonical, rulebook, rulebook_words
from transfers.actions import rulebooks as actions
from transfers.forms import rule_books as forms
from transfers.policies.rounds import holds
from transfers.queries import catalogue, strengths
from transfers.queries import rounds as queries

TONES = {"draft": "wait", "published": "good", "superseded": "off"}


def _stamp(request: Any) -> dict[str, Any]:
    return {"by": request.user, "on": request.today, "at": request.now}


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Rounds of transfers"), reverse("transfers:rounds")),
        (_("Rule books"), reverse("transfers:rule_books")),
        *more,
    ]


@opens_to_signed_in
@require_GET
def rule_books(request: Any) -> HttpResponse:
    """Every version that was published, and drafts for those who prepare."""
    books = queries.books_visible_to(request.user, on=request.today)
    context = {
        "books": [(each, catalogue.BOOK_STATES[each.state], TONES[each.state]) for each in books],
        "may_draft": holds(request.user, P.MANAGE_ROUNDS, on=request.today),
        "crumbs": _crumbs()[:1],
    }
    return render(request, "transfers/rule_books.html", context)


@opens_to_signed_in
@require_GET
def rule_book(request: Any, ref: str) -> HttpResponse:
    """One version in plain words, with every legal basis and its digest."""
    on = request.today
    book = queries.access_book(request.user, ref, on=on)
    versions = queries.versions_of(book, request.user, on=on)
    prepares = queries.prepares(request.user, on=on)
    context = {
        "book": book,
        "state": catalogue.BOOK_STATES[book.state],
        "tone": TONES[book.state],
        "sections": rulebook_words.sections(book.content, catalogue.rank_names(), dict(catalogue.grounds())),
        "others": [each for each in versions if each.pk != book.pk],
        "traps": strengths.traps(rulebook.read(book.content).floors, book.content["ranks"], on=on) if prepares else [],
        "may_edit": book.state == "draft" and holds(request.user, P.MANAGE_ROUNDS, on=on),
        "may_draft_next": book.state == "published" and holds(request.user, P.MANAGE_ROUNDS, on=on),
        "may_publish": book.state == "draft" and _is_another(book, request) and holds(request.user, P.SIGN_ROUNDS, on=on),
        "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "transfers/rule_book.html", context)


def _is_another(book: Any, request: Any) -> bool:
    return bool(book.drafted_by_id != request.user.pk)


@opens_to_signed_in
@require_GET
def file(request: Any, ref: str) -> HttpResponse:
    """The canonical text whose digest is the version's: to be hashed by whoever wants to."""
    book = queries.access_book(request.user, ref, on=request.today)
    response = HttpResponse(canonical.dumps(book.content), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{book.code}-{book.version}.json"'
    return response


@opens_to_signed_in
@require_GET
def compare(request: Any, ref: str) -> HttpResponse:
    """What one version says otherwise than another."""
    on = request.today
    book = queries.access_book(request.user, ref, on=on)
    versions = [each for each in queries.versions_of(book, request.user, on=on) if each.pk != book.pk]
    asked = request.GET.get("with", "")
    other = next((each for each in versions if each.ref == asked), None if asked else next(iter(versions), None))
    if other is None:
        raise NotFound(asked or ref)
    before, after = sorted((book, other), key=lambda each: each.version)
    names, grounds = catalogue.rank_names(), dict(catalogue.grounds())
    rows = [
        (
            rulebook_words.PARTS.get(part, part),
            rulebook_words.value(part, was, names, grounds),
            rulebook_words.value(part, is_, names, grounds),
        )
        for part, was, is_ in rulebook.differences(before.content, after.content)
    ]
    context = {
        "before": before, "after": after, "rows": rows, "versions": versions, "book": book, "other": other,
        "crumbs": _crumbs((str(book), reverse("transfers:rule_book", args=[book.ref]))),
    }  # fmt: skip
    return render(request, "transfers/rule_book_compare.html", context)


@opens_to(P.MANAGE_ROUNDS)
@require_http_methods(["GET", "POST"])
def draft(request: Any) -> HttpResponse:
    """A first rule book: the editor begins with the policy as it is publicly known."""
    return _editor(request, rulebook.starting(list(catalogue.rank_names())), {}, book=None, code="")


@opens_to(P.MANAGE_ROUNDS)
@require_http_methods(["GET", "POST"])
def next_version(request: Any, ref: str) -> HttpResponse:
    """The next version begins as the one before."""
    book = queries.access_book(request.user, ref, on=request.today)
    return _editor(request, book.content, _facts(book), book=None, code=book.code)


@opens_to(P.MANAGE_ROUNDS)
@require_http_methods(["GET", "POST"])
def edit(request: Any, ref: str) -> HttpResponse:
    """A draft is changed; a published version never is."""
    book = queries.access_book(request.user, ref, on=request.today)
    return _editor(request, book.content, {**_facts(book), "why_changed": book.why_changed}, book=book, code=book.code)


def _facts(book: Any) -> dict[str, Any]:
    return {
        "title": book.title, "legal_basis": book.legal_basis, "issuing_authority": book.issuing_authority,
        "signatories": "\n".join(book.signatories),
    }  # fmt: skip


def _editor(request: Any, content: dict[str, Any], facts: dict[str, Any], *, book: Any, code: str) -> HttpResponse:
    grounds = catalogue.grounds()
    form = forms.BookForm(
        request.POST or None, ranks=list(catalogue.rank_names().items()), grounds=grounds, is_new=not code,
        initial={**content, "due_must_move": bool(content["due_must_move"]), **facts},
    )  # fmt: skip
    rows = forms.tables(request.POST or None, content, grounds)
    traps = []
    if request.method == "POST" and form.is_valid() and all([each.is_valid() for each in rows.values()]):
        said = forms.content_of(form, rows)
        with rules_on(form):
            checked = actions.check_content(said)
            if "try" not in request.POST:
                kept = _keep(request, form.cleaned_data, said, book=book, code=code)
                notices.done(request, _("The draft is kept. Another authority publishes it."))
                return redirect("transfers:rule_book", ref=kept.ref)
            traps = strengths.traps(checked.floors, checked.ranks, on=request.today)
    page = {
        "form": form, "tables": _named(rows), "traps": traps, "book": book, "code": code,
        "crumbs": _crumbs(), "no_performance": rulebook_words.no_performance(),
        "back": reverse("transfers:rule_book", args=[book.ref]) if book else reverse("transfers:rule_books"),
        "title": _("Edit the draft") if book else _("Draft the next version") if code else _("Draft a rule book"),
    }  # fmt: skip
    return render(request, "transfers/rule_book_edit.html", page, status=status_of(form, *rows.values()))


def _named(rows: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(rulebook_words.PARTS[name], each) for name, each in rows.items()]


def _keep(request: Any, said: dict[str, Any], content: dict[str, Any], *, book: Any, code: str) -> Any:
    names = ("title", "legal_basis", "issuing_authority", "signatories", "why_changed")
    fields = {name: said[name] for name in names}
    if book is not None:
        return actions.change_rule_book(book=book, content=content, **fields, **_stamp(request))
    return actions.draft_rule_book(code=code or said["code"], content=content, **fields, **_stamp(request))


@opens_to(P.SIGN_ROUNDS)
@require_POST
def publish(request: Any, ref: str) -> HttpResponse:
    """Publishes a draft that somebody else wrote."""
    book = queries.access_book(request.user, ref, on=request.today)
    try:
        actions.publish_rule_book(book=book, **_stamp(request))
        notices.done(request, _("The rule book is published. From now on it never changes."))
    except Refusal as refusal:
        notices.refuse(request, f"{refusal.message} ({refusal.source})" if refusal.source else refusal.message)
    return redirect("transfers:rule_book", ref=ref)
