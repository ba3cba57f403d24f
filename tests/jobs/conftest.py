"""Jobs of the tests' own kinds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.jobs.kinds import KINDS


@pytest.fixture(autouse=True)
def kinds_of_the_tests(settings: Any) -> None:
    settings.JOB_KINDS = KINDS
    settings.JOB_DUE = {}
