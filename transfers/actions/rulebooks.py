"""Rule books: drafted by one person, published by another, and never changed afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from transfers import canonical, rulebook
from transfers.models import RuleBook, RuleBookState
from transfers.policies import rounds as policies
from transfers.problem import BadInput


def check_content(content: Mapping[str, Any]) -> rulebook.Rules:
    """The rules that a book states. Errors: RuleBroken in words for one that makes no sense."""
    try:
        canonical.dumps(dict(content))
        return rulebook.read(content)
    except BadInput as error:
        raise RuleBroken(str(error)) from error
    except canonical.NotCanonical as error:
        raise RuleBroken(_("The rule book cannot be written down unambiguously: %(why)s.") % {"why": error}) from error


@action
def draft_rule_book(
    *,
    code: str,
    title: str,
    content: Mapping[str, Any],
    legal_basis: str,
    issuing_authority: str,
    signatories: Sequence[str],
    why_changed: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> RuleBook:
    """This function will keep the draft of a rule book: a new one, or the next version of the one with this code.

    Errors: RuleBroken for rules that make no sense, or where a draft of the next version is there already.
    """
    policies.check_can_manage(by, on=on)
    check_content(content)
    versions = RuleBook.objects.select_for_update().filter(code=code)
    if versions.filter(state=RuleBookState.DRAFT).exists():
        raise RuleBroken(_("A draft of the next version is there already; change that one."))
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    if latest and not why_changed.strip():
        raise RuleBroken(_("Say why the rules change: everyone reads it beside the new version."))
    book = RuleBook.objects.create(
        code=code,
        version=latest + 1,
        title=title,
        content=dict(content),
        legal_basis=legal_basis,
        issuing_authority=issuing_authority,
        signatories=list(signatories),
        why_changed=why_changed,
        drafted_by=by,
    )
    trail.record(Event.RULE_BOOK_DRAFTED, target=book, by=by, at=at, details={"code": code, "version": book.version})
    return book


@action
def change_rule_book(*, book: RuleBook, by: Any, on: date, at: datetime, **fields: Any) -> RuleBook:
    """This function will change a draft. A published version is never changed: draft the next one.

    Errors: RuleBroken for a published version, or for rules that make no sense.
    """
    policies.check_can_manage(by, on=on)
    current = RuleBook.objects.select_for_update().get(pk=book.pk)
    if current.state != RuleBookState.DRAFT:
        raise RuleBroken(_("A published rule book never changes. Draft the next version."))
    if "content" in fields:
        check_content(fields["content"])
    for name, value in fields.items():
        setattr(current, name, value)
    current.drafted_by = by
    current.save(update_fields=[*fields, "drafted_by"])
    trail.record(Event.RULE_BOOK_DRAFTED, target=current, by=by, at=at, details={"version": current.version})
    return current


@action
def publish_rule_book(*, book: RuleBook, by: Any, on: date, at: datetime) -> RuleBook:
    """This function will publish a rule book and put its digest down; the version before it is replaced.

    Errors: NotAllowed for who may not sign, RuleBroken where the drafter would publish.
    """
    policies.check_can_sign(by, on=on)
    if book.drafted_by_id == by.pk:
        raise RuleBroken(_("Whoever drafted the rule book cannot publish it."), policies.TWO_PEOPLE)
    check_content(book.content)
    digest = hashlib.sha256(canonical.dumps(book.content)).hexdigest()
    workflow.move(
        book, RuleBookState.PUBLISHED, by=by, at=at, note=digest[:12], sha256=digest, published_by=by, published_at=at
    )
    for before in RuleBook.objects.filter(code=book.code, state=RuleBookState.PUBLISHED).exclude(pk=book.pk):
        workflow.move(before, RuleBookState.SUPERSEDED, by=by, at=at, note=f"version {book.version}")
    trail.record(Event.RULE_BOOK_PUBLISHED, target=book, by=by, at=at, details={"sha256": digest})
    return book
