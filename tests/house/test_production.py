"""Production refuses to start with what would leave a door open."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.rules.source import ROOT

SAFE = {
    "HCIMS_ENV": "production",
    "HCIMS_SECRET_KEY": "a" * 40,
    "HCIMS_FIELD_KEYS": "b" * 40,
    "HCIMS_BLIND_INDEX_KEY": "c" * 40,
    "HCIMS_AUDIT_SIGNING_KEY": "d" * 40,
    "HCIMS_ROUND_SIGNING_KEY": "e" * 40,
    "HCIMS_DATABASE_URL": "postgres://hcims@localhost/hcims",
    "HCIMS_PUBLIC_URL": "https://hcims.example.org",
    "HCIMS_ALLOWED_HOSTS": "hcims.example.org",
}


def start(changes: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, with nothing of this one's environment that the product reads."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("HCIMS_")}
    command = [sys.executable, "-c", "import hcims.settings; print('started')"]
    environment = {name: value for name, value in (others | SAFE | changes).items() if value}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_it_starts_with_everything_in_order() -> None:
    assert start({}).stdout == "started\n"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"HCIMS_DEBUG": "true"}, "HCIMS_DEBUG is on"),
        ({"HCIMS_SECRET_KEY": ""}, "HCIMS_SECRET_KEY is the one printed in the source"),
        ({"HCIMS_FIELD_KEYS": ""}, "HCIMS_FIELD_KEYS is the one printed in the source"),
        ({"HCIMS_BLIND_INDEX_KEY": ""}, "HCIMS_BLIND_INDEX_KEY is the one printed in the source"),
        ({"HCIMS_AUDIT_SIGNING_KEY": ""}, "HCIMS_AUDIT_SIGNING_KEY is the one printed in the source"),
        ({"HCIMS_ROUND_SIGNING_KEY": ""}, "HCIMS_ROUND_SIGNING_KEY is the one printed in the source"),
        ({"HCIMS_SECRET_KEY": "short"}, "HCIMS_SECRET_KEY is shorter than 32"),
        ({"HCIMS_SECRET_KEY": "b" * 40}, "two keys are the same"),
        ({"HCIMS_DATABASE_URL": ""}, "the database is SQLite"),
        ({"HCIMS_SECOND_FACTOR": "false"}, "HCIMS_SECOND_FACTOR is off"),
        ({"HCIMS_ALLOWED_HOSTS": "*"}, "lets every host name in"),
        ({"HCIMS_PUBLIC_URL": "http://hcims.example.org"}, "is not https"),
        ({"HCIMS_PUBLIC_URL": "http://localhost.example.org"}, "is not https"),
        ({"HCIMS_PUBLIC_URL": ""}, "HCIMS_PUBLIC_URL is not set"),
        ({"HCIMS_ALLOWED_HOSTS": ""}, "HCIMS_ALLOWED_HOSTS does not name hcims.example.org"),
        ({"HCIMS_ENV": "staging"}, "it is production, demo or test"),
    ],
)
def test_it_refuses_and_says_why(changes: dict[str, str], complaint: str) -> None:
    done = start(changes)
    assert done.returncode != 0
    assert complaint in done.stderr


def test_nothing_said_means_production_and_no_start() -> None:
    """A machine on which nobody has set anything does not come up with doors open."""
    done = start(dict.fromkeys(SAFE, ""))
    assert "does not start in production" in done.stderr


def test_sqlite_is_possible_for_those_who_say_so() -> None:
    assert start({"HCIMS_DATABASE_URL": "", "HCIMS_ALLOW_SQLITE": "true"}).stdout == "started\n"


def test_every_variable_is_on_the_page() -> None:
    read = re.findall(r'"(HCIMS_[A-Z_]+)"', (ROOT / "hcims" / "settings.py").read_text())
    page = (ROOT / "docs" / "running.md").read_text()
    assert not [name for name in read if f"`{name}`" not in page]
