"""Patterns that need a question, for the Commission and auditors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hcims.access.guards import opens_to
from hcims.access.permissions import Permission
from hcims.imports.exports import export_response
from transfers.patterns import LEAST
from transfers.queries.patterns import Pattern, patterns


@opens_to(Permission.SEE_TRANSFER_PATTERNS)
def page(request: HttpRequest) -> HttpResponse:
    """Each pattern with its question, its method, its counts and how sure one can be."""
    on = request.today  # type: ignore[attr-defined]
    found = patterns(on)
    if request.GET.get("format"):
        columns = [_("Pattern"), _("Office or place"), _("Hits"), _("Of"), _("Rate, %"), _("From, %"), _("To, %"),
                   _("Others, %"), _("Chance, %"), _("Stands out")]  # fmt: skip
        return export_response(
            request, "transfers-patterns", columns, _rows(found), format=request.GET["format"], by=request.user,
            at=request.now, scope=str(on),  # type: ignore[attr-defined]
        )  # fmt: skip
    may_export = request.user.can(Permission.EXPORT, on=on)  # type: ignore[union-attr]
    drawn = [(each, [(line, _percents(line)) for line in each.lines]) for each in found]
    return render(request, "transfers/patterns.html", {"patterns": drawn, "may_export": may_export, "least": LEAST})


def _percents(line: Any) -> dict[str, float]:
    names = ("rate", "low", "high", "others", "chance")
    return {name: round(100 * getattr(line, name), 2 if name == "chance" else 1) for name in names}


def _rows(found: list[Pattern]) -> Iterator[list[Any]]:
    for pattern in found:
        for line in pattern.comparison.lines:
            said = _percents(line)
            yield [pattern.title, line.tally.name, line.tally.hits, line.tally.of, *said.values(),
                   _("yes") if line.stands_out else _("no")]  # fmt: skip
