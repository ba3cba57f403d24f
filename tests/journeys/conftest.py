"""What more than one journey starts from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories.cases import Circle
from tests.factories.organisation import UnitFactory
from tests.phones import Phone, phone_at


@pytest.fixture
def circle(db: None, settings: Any, tmp_path: Path) -> Circle:
    """Two counsellors, three custodians and a lead, with keys, at the whole service."""
    settings.CUSTODIAN_PINS_FILE = tmp_path / "pins.txt"
    return Circle.made(UnitFactory(code="NPS", name="National Police Service", type="service", line="headquarters"))


@pytest.fixture
def phone(live_server: Any, playwright: Any, tmp_path: Path) -> Phone:
    """A phone's browser: each `with` opens it again, and leaving kills it."""
    return phone_at(tmp_path / "phone", playwright, live_server.url)
