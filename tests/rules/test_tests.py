"""Tests neither wait nor look away."""

import re

from tests.rules.source import ROOT, files, lines_matching

# Put together from halves, so that this file does not find itself.
WAITING = ["time." + "sleep", "wait_for_" + "timeout", r"asyncio\." + "sleep", r"\bsleep" + r"\("]
LOOKING_AWAY = [
    "pytest." + "skip",
    "mark." + "skip",
    "x" + "fail",
    "import" + "orskip",
    "unittest." + "skip",
    "fla" + "ky",
    "re" + "runs",
]
TESTS = tuple(path for path in files(".py") if path.relative_to(ROOT).parts[0] == "tests")


def test_no_test_waits_for_time_to_pass() -> None:
    found = lines_matching(TESTS, "|".join(WAITING))
    assert not found, "Wait for what you expect, not for a while:\n" + "\n".join(found)


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    found = lines_matching(TESTS, "|".join(LOOKING_AWAY))
    assert not found, "\n".join(found)


def test_every_test_file_is_found() -> None:
    """A file with tests under another name would be passed over in silence."""
    has_tests = re.compile(r"^(?:async )?def test_", re.M)
    lost = [path for path in TESTS if has_tests.search(path.read_text()) and not path.stem.startswith("test_")]
    assert not lost, f"Call it test_….py: {lost}"
