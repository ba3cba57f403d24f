"""Writes the pages of docs/ that say again, in words, what the code says: roles and states. A test compares them.

.venv/bin/python -m workshop.pages          (make pages)
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from workshop.stamps import ROOT

DOCS = ROOT / "docs"
MADE = "<!-- Made by `make pages`; edit the code it speaks of, not this page. -->\n"


def main() -> None:
    """Write every page, and remove pages of states that no longer exist."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    wanted = pages()
    for old in (DOCS / "states").glob("*.md"):
        if old not in wanted:
            old.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def pages() -> dict[Path, str]:
    """Every page that is made, by its path."""
    found = {DOCS / "roles.md": roles_page()}
    for model in models_with_states():
        found[DOCS / "states" / f"{model._meta.label_lower}.md"] = states_page(model)
    return found


def roles_page() -> str:
    """Roles and permissions, each with what it opens and who has it."""
    from hcims.access.permissions import Permission
    from hcims.access.roles import ROLES, roles_with

    lines = [MADE, "# Roles and permissions\n"]
    lines += [
        "Rights come from appointments: a person, a role, a unit, a period. A role reaches down the command tree from the",
        "unit of the appointment, unless it says that it stops there. Nobody has a right that no appointment gives.\n",
        "| role | in words | second factor | reaches | permissions |",
        "|---|---|---|---|---|",
    ]
    for role in ROLES.values():
        permitted = ", ".join(f"`{each}`" for each in Permission if each in role.permissions) or "none"
        reach = "down the tree" if role.reach == "tree" else "its unit only"
        reach = reach if role.permissions else "oneself alone"
        factor = "yes" if role.second_factor else "no"
        lines.append(f"| {role.name} (`{role.code}`) | {role.description} | {factor} | {reach} | {permitted} |")
    lines += ["", "| permission | what it opens | roles |", "|---|---|---|"]
    meanings = permission_meanings()
    for each in Permission:
        lines.append(f"| `{each}` | {meanings[each.name]} | {', '.join(roles_with(each)) or 'nobody'} |")
    return "\n".join(lines) + "\n"


def permission_meanings() -> dict[str, str]:
    """What each permission opens. Shape: by its constant's name."""
    from hcims.access.permissions import Permission

    return {each.name: str(each.meaning) for each in Permission}


def models_with_states() -> list[Any]:
    """Tables whose rows move through states, in the order of their labels."""
    from django.apps import apps

    found = [
        model for model in apps.get_models() if hasattr(model, "TRANSITIONS") and not hasattr(model, "instance_type")
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def states_page(model: Any) -> str:
    """The states of one table as a diagram, and who holds the pen in each."""
    identifiers = {state: str(state).replace("-", "_") for state in model.TRANSITIONS}
    first = model._meta.get_field("state").default
    lines = [MADE, f"# States of {model._meta.verbose_name}\n", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{getattr(state, "label", state)}" as {name}' for state, name in identifiers.items()]
    lines += [f"    [*] --> {identifiers[first]}"] if first in identifiers else []
    for state, targets in model.TRANSITIONS.items():
        lines += [f"    {identifiers[state]} --> {identifiers[to]}" for to in sorted(targets, key=str)]
        lines += [] if targets else [f"    {identifiers[state]} --> [*]"]
    lines += ["```", "", "| state | who holds the pen |", "|---|---|"]
    lines += [f"| {getattr(state, 'label', state)} | {pen} |" for state, pen in model.PENS.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
