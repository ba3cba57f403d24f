"""Invented imports: batches without their work. For read and applied rolls see `tests.factories.rolls`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from factory.django import DjangoModelFactory

from hcims.imports.models import ImportBatch

MOMENT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class ImportBatchFactory(DjangoModelFactory[ImportBatch]):
    """A roll that was read and holds no rows."""

    class Meta:
        model = ImportBatch

    kind = "roll"
    state = "ready"
    on = date(2026, 10, 31)
    file_name = "roll.xlsx"
    counts = {"outcomes": {}}
    uploaded_at = read_at = MOMENT
