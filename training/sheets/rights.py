"""Whose sheets may be uploaded by whom: those of the institution, or command, whose training one runs."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from deployment.import_rights import ForAnArea
from hcims.access.permissions import Permission
from hcims.imports.models import ImportBatch
from training.models import Enrolment


class ForAnInstitution(ForAnArea):
    """Areas are institutions and commands that hold cohorts."""

    permission = Permission.RUN_TRAINING
    root = "/training/sheets/"

    def address_of(self, key: str) -> str:
        """No page: a trainee is read on the page of the cohort, the file belongs to others."""
        return ""

    def second_person_above(self, on: date) -> int:
        """None is asked for: a sheet reaches no further than the cohorts of its own institution, and is undone as a whole."""
        return sys.maxsize

    def second_people(self, batch: ImportBatch, *, on: date) -> list[Any]:
        """Nobody."""
        return []


def in_area(enrolment: Enrolment, area: set[int] | None) -> bool:
    """Whether the trainee's cohort is held where the sheet comes from."""
    return area is None or enrolment.cohort.unit_id in area
