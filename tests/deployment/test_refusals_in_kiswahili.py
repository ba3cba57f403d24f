"""What a refusal says can be read in Kiswahili: no plain English in a rule or a deed, no text without its translation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from deployment import policies
from hcims.errors import RuleBroken
from tests.factories.organisation import UnitFactory
from workshop.stamps import ROOT
from workshop.translations import PARTS

FILES = [
    ROOT / "deployment/policies.py",
    *sorted((ROOT / "deployment/actions").glob("*.py")),
    ROOT / "personnel/policies.py",
    ROOT / "personnel/actions/corrections.py",
    ROOT / "personnel/actions/skills.py",
]
REFUSALS, MARKS = ("RuleBroken", "NotAllowed"), ("_", "ngettext")


def calls(path: Path) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.args


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_refusals_are_marked_and_translated(path: Path) -> None:
    known: set[str] = set()
    for part in PARTS.glob("*.po"):
        with part.open("rb") as file:
            known |= {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in read_po(file) if entry.string}
    for name, given in calls(path):
        if name in REFUSALS:
            assert not isinstance(given[0], ast.JoinedStr | ast.Constant), ast.unparse(given[0])
        if name in MARKS and isinstance(given[0], ast.Constant):
            assert given[0].value in known, given[0].value


@pytest.mark.django_db
def test_a_refusal_speaks_the_readers_language() -> None:
    unit = UnitFactory(name="Kituo cha Polisi cha Bamba", opened_on=date(2026, 12, 1))
    with translation.override("sw"), pytest.raises(RuleBroken) as refusal:
        policies.check_unit_is_open(unit, date(2026, 11, 2))
    assert refusal.value.message == "Kituo cha Polisi cha Bamba haijafunguliwa tarehe 2 Novemba 2026."
