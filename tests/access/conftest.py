"""Each answer is asked for at the same moment, so that two of them differ only by what they are about."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hcims import clock

MOMENT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))
