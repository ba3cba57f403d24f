"""Letters of the tests' own kinds, in a private store of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def letters_of_the_tests(settings: Any, tmp_path: Path) -> Path:
    settings.LETTER_KINDS = {"test-order": "tests.letters.kinds.ORDER", "test-once": "tests.letters.kinds.ONCE"}
    store = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return tmp_path
