"""Who opened an officer's file, as the officer is told: office, time and purpose. The name goes through the auditor."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.parts import PART_LABELS
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, DisclosureDelay
from personnel.models import Officer
from personnel.purposes import Purpose, label

SHOWN = 500


@dataclass(frozen=True)
class Opening:
    at: datetime
    office: str
    purpose: Any
    part: str  # which page of the file; empty where an older line does not say

    @property
    def part_label(self) -> Any:
        """The page of the file in words."""
        return PART_LABELS.get(self.part, "")


def of(officer: Officer, *, at: datetime) -> list[Opening]:
    """The latest openings of the file, the newest first, less those that an approved delay still holds back."""
    held_back = DisclosureDelay.objects.filter(
        target_ref=officer.ref,
        approved_at__isnull=False,
        until_on__gt=timezone.localdate(at),
        starts_at__lte=OuterRef("at"),
    )
    rows = (
        AuditEvent.objects.filter(target_ref=officer.ref, event=Event.FILE_OPENED)
        .exclude(Exists(held_back), purpose=Purpose.INVESTIGATION)
        .order_by("-sequence")[:SHOWN]
    )
    return [
        Opening(each.at, in_words(each.office), label(each.purpose), json.loads(each.details).get("part", ""))
        for each in rows
    ]


def in_words(kept: str) -> str:
    """An office as the trail keeps it, role and unit, with the role in the reader's language."""
    role, comma, unit = kept.partition(", ")
    return f"{_(role)}{comma}{unit}" if role else ""
