"""Every module has its page of words, and every table says how long it is kept."""

import re

from django.apps import AppConfig, apps
from django.db.models import Model

from hcims.access.permissions import Permission
from tests.rules.source import ROOT, files
from workshop.pages import pages, permission_meanings

DOCS = ROOT / "docs"


def ours() -> list[AppConfig]:
    """The apps of this repository."""
    return [
        config for config in apps.get_app_configs() if config.path.startswith(str(ROOT)) and ".venv" not in config.path
    ]


def tables(config: AppConfig) -> list[type[Model]]:
    """Its tables; a history table goes with what it is the history of."""
    return [model for model in config.get_models() if not hasattr(model, "instance_type")]


def test_every_module_has_its_page() -> None:
    missing = [
        f"docs/modules/{each.label}.md" for each in ours() if not (DOCS / "modules" / f"{each.label}.md").exists()
    ]
    assert not missing, f"Say what it owns, its terms, its states, who may do what, what is kept how long: {missing}"


def test_every_table_says_how_long_it_is_kept() -> None:
    page = DOCS / "retention.md"
    lines = re.findall(r"^\| *`?([a-z_]+\.[A-Za-z]+)`? *\| *(\S[^|]*?) *\| *(\S[^|]*?) *\|$", page.read_text(), re.M)
    named = {name for name, _, _ in lines}
    existing = {model._meta.label for config in ours() for model in tables(config)}
    assert not existing - named, f"Add to docs/retention.md, as | table | kept for | why |: {sorted(existing - named)}"
    assert not named - existing, f"docs/retention.md speaks of tables that do not exist: {sorted(named - existing)}"


def test_pages_made_from_the_code_say_what_the_code_says() -> None:
    wanted = pages()
    stale = [
        str(path.relative_to(ROOT)) for path, text in wanted.items() if not path.exists() or path.read_text() != text
    ]
    left = [str(path.relative_to(ROOT)) for path in (DOCS / "states").glob("*.md") if path not in wanted]
    assert not stale + left, f"Run `make pages` and keep what it writes: {stale + left}"


def test_every_permission_says_what_it_opens() -> None:
    assert set(permission_meanings()) == {each.name for each in Permission}


def test_links_between_pages_lead_somewhere() -> None:
    dead = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in files(".md")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert not dead, dead


def test_files_that_pages_name_exist() -> None:
    """A page of a module may name its files from there."""
    existing = [f"/{path.relative_to(ROOT)}" for path in files()]
    dead = [
        f"{page.relative_to(ROOT)} names {path}"
        for page in files(".md")
        for path in re.findall(r"`([a-z_]+(?:/\w+)+\.(?:py|toml|mjs|typ))`", page.read_text())
        if not any(each.endswith(f"/{path}") for each in existing)
    ]
    assert not dead, dead
