"""A second start skips what is done; whatever could have changed makes it look again."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from workshop import demo, stamps

OPTIONS = argparse.Namespace(officers=None, port=8000, no_data=False)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (demo, stamps):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    for name in ("HCIMS_DATABASE_URL", "HCIMS_VAR_DIR"):
        monkeypatch.delenv(name, raising=False)
    packages = ("personnel/__init__.py", "organisation/__init__.py", "tests/__init__.py")
    for name in ("var/hcims.sqlite3", "personnel/migrations/0001_initial.py", "organisation/data/ranks.csv", *packages):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    return tmp_path


def test_nothing_changed_is_nothing_to_do(checkout: Path) -> None:
    before = demo._made_from(OPTIONS)
    (checkout / "var" / "hcims.sqlite3").write_text("people have worked")
    (checkout / "tests" / "test_more.py").write_text("of no matter to the server")
    assert before
    assert demo._made_from(OPTIONS) == before


@pytest.mark.parametrize("name", ["personnel/migrations/0002_more.py", "organisation/data/ranks.csv"])
def test_a_new_migration_or_reference_row_is_brought_in(checkout: Path, name: str) -> None:
    before = demo._made_from(OPTIONS)
    (checkout / name).write_text("another")
    assert demo._made_from(OPTIONS) != before


def test_another_database_is_looked_at(checkout: Path) -> None:
    before = demo._made_from(OPTIONS)
    (checkout / "other").write_text("as it was")
    (checkout / "other").replace(checkout / "var" / "hcims.sqlite3")
    assert demo._made_from(OPTIONS) != before


@pytest.mark.parametrize("name", ["HCIMS_DATABASE_URL", "HCIMS_VAR_DIR"])
def test_a_database_that_the_environment_names_is_always_looked_at(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "sqlite:///elsewhere")
    assert demo._made_from(OPTIONS) == ""


def test_without_a_database_there_is_everything_to_do(checkout: Path) -> None:
    (checkout / "var" / "hcims.sqlite3").unlink()
    assert demo._made_from(OPTIONS) == ""
