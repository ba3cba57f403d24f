"""The letter that publication would send to an officer of a round, printed before it: marked as not issued, and nothing kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from deployment.actions import order_of
from hcims.errors import NotFound
from hcims.letters import composing
from hcims.letters.rendering import render
from transfers import order_letter
from transfers.actions import publishing
from transfers.models import Allowance, TransferOrder
from transfers.queries.before_publication import Line
from transfers.round_orders import publications


@dataclass(frozen=True)
class Signing:
    """Who would sign, and when."""

    by: Any
    on: date
    at: datetime
    report_by: date


def pdf_of(found: list[Line], ref: str, signing: Signing) -> bytes:
    """The letter of one of the lines of a round, or of the first where none is named. Errors: NotFound where none goes out."""
    going = [each for each in found if each.goes is not None]
    line = next((each for each in going if not ref or each.award.ref == ref), None)
    if line is None:
        raise NotFound(ref)
    draft = order_letter.draft(_order(line, going, signing))
    with override(draft.language):
        mark = _("Draft, not issued")
    office = signing.by.office(on=signing.on)
    return render("letter.typ", composing.specimen(draft, mark=mark, office=office, at=signing.at), at=signing.at)


def _order(line: Line, going: list[Line], signing: Signing) -> TransferOrder:
    """The order as publication would make it, kept nowhere."""
    taken = line.award.participation
    waiting = {each.award.participation.officer_id: each.request for each in going if each.request is not None}
    planned = publications(taken.round, [each.award for each in going], waiting, report_by=signing.report_by)
    move = next(each for each in planned if each.award == line.award)
    order = order_of(publishing.decided(move, number=""), taken.from_unit_id, by=signing.by, on=signing.on)
    (transfer,) = publishing.rows_of([move], [order], on=signing.on, at=signing.at)
    Allowance(transfer=transfer, kind=line.allowance)  # an order knows its allowance once that names it
    return transfer
