"""Views are thin: they fetch through queries, write through actions, and never meet a table."""

from pathlib import Path

from django.apps import apps

from tests.rules.source import MODULES, ROOT, attributes, imports, place, python_files


def views() -> list[Path]:
    """The files that answer requests."""
    return [
        path
        for path in python_files(of=MODULES)
        if "views" in path.relative_to(ROOT).with_suffix("").parts or path.stem.endswith("_views")
    ]


def test_views_never_import_models() -> None:
    """Choices may be imported from beside the tables; a table only where it names a type."""
    tables = {model.__name__ for model in apps.get_models()}
    found = [
        f"{place(path, line)} {name}"
        for path in views()
        for name, line in imports(path)
        if ".models" in name and name.rpartition(".")[2] in tables | {"models"}
    ]
    assert not found, f"Read through queries.py, write through actions.py, name types under TYPE_CHECKING: {found}"


def test_views_never_touch_a_table() -> None:
    managers = (".objects", "._default_manager", "._base_manager")
    found = [
        f"{place(path, line)} {name}" for path in views() for name, line in attributes(path) if name.endswith(managers)
    ]
    assert not found, f"Read through queries.py: {found}"


def test_views_never_save() -> None:
    names = ("save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create")
    found = [
        f"{place(path, line)} {name}"
        for path in views()
        for name, line in attributes(path)
        if name.rpartition(".")[2] in names and not name.startswith(("form.", "request.session"))
    ]
    assert not found, f"Every write is an action: {found}"
