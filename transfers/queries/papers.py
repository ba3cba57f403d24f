"""Receipts that a desk gave for requests on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from hcims.errors import NotFound
from hcims.letters.models import Letter
from hcims.letters.queries import letters_about
from transfers.models import TransferRequest
from transfers.queries import access

RECEIPT = "transfer-receipt"
LATELY = 50


def handed_in(user: Any) -> list[TransferRequest]:
    """The requests on paper for which the reader gave a receipt, the latest first."""
    rows = TransferRequest.objects.filter(entered_by=user).exclude(receipt_number="")
    return list(rows.select_related("officer__rank").order_by("-submitted_at")[:LATELY])


def access_receipt(user: Any, ref: str, *, on: date) -> tuple[TransferRequest, Letter]:
    """A request that came in on paper, for the desk of its unit, with the receipt. Errors: NotFound."""
    asked = TransferRequest.objects.filter(access.desk(user, on=on)).exclude(receipt_number="")
    found = asked.select_related("officer__rank").filter(ref=ref).first()
    letter = letters_about(ref).filter(kind=RECEIPT).order_by("-issued_at").first() if found else None
    if found is None or letter is None:
        raise NotFound(ref)
    return found, letter
