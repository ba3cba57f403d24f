"""A module stands in every list that the rules and checks read; one left out would be checked by none of them."""

import tomllib

import pytest
from django.apps import apps

from tests.rules.source import MODULES, ROOT
from workshop.check import PRODUCT

ORDER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = {name.strip() for layer in ORDER["contracts"][0]["layers"] for name in layer.split("|")}


@pytest.mark.parametrize(
    ("place", "listed"),
    [
        ("MODULES in tests/rules/source.py", set(MODULES)),
        ("PRODUCT in workshop/check.py", set(PRODUCT)),
        ("root_packages of [tool.importlinter] in pyproject.toml", set(ORDER["root_packages"])),
        ("layers of [tool.importlinter] in pyproject.toml", LAYERS),
    ],
)
def test_every_module_stands_in_it(place: str, listed: set[str]) -> None:
    ours = {each.name for each in apps.get_app_configs() if (ROOT / each.name).is_dir()} | {"hcims"}
    assert listed == ours, f"{place} and INSTALLED_APPS differ in: {sorted(listed ^ ours)}"
