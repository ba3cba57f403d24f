"""What is granted person to record is asked for in one place: no query of a case or a contact goes past the wrapper."""

import re
from pathlib import Path

from tests.rules.source import MODULES, ROOT, place, python_files

WRAPPER = {"counselling/grants.py", "counselling/case_access.py"}
# Tables, and the files besides the wrapper that may touch them: writing new ones, and counting closed months without persons.
TABLES = {
    r"\bCaseGrant\.(objects|_default_manager|_base_manager)": set(),
    r"\.grants\.(all|filter|get|exclude|values|count|exists|first|order_by|delete|update)\b": set(),
    r"\bCase\.(objects|_default_manager|_base_manager)": {"counselling/actions/cases.py"},
    r"\bContactGrant\.(objects|_default_manager|_base_manager)": {
        "counselling/actions/contacts.py",
        "counselling/queries/contacts.py",
    },
    r"\b(get_objects_for_user|get_users_with_perms|ObjectPermissionChecker|assign_perm|get_perms)\b": set(),
    r"\bpermission__codename|\buserobjectpermission": set(),
}


def product() -> list[Path]:
    """Files of the product, migrations and invented data left out."""
    modules = python_files(of=MODULES)
    return [path for path in modules if not {"migrations", "demo"} & set(path.parts)]


def past_the_wrapper(paths: list[Path]) -> list[str]:
    """Lines that ask a granted table without the wrapper."""
    found = []
    for path in paths:
        name = str(path.relative_to(ROOT))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for pattern, allowed in TABLES.items():
                if name not in WRAPPER | allowed and re.search(pattern, line):
                    found.append(f"{place(path, number)} {line.strip()}")
    return found


def test_granted_records_are_asked_for_through_the_wrapper_alone() -> None:
    found = past_the_wrapper(product())
    assert not found, f"Ask counselling.grants or counselling.case_access: {found}"


def test_the_rule_sees_a_query_past_the_wrapper(tmp_path: Path) -> None:
    for line in (
        "CaseGrant.objects.filter(user=user)",
        "case.grants.filter(user=user)",
        "get_objects_for_user(user, 'x')",
    ):
        assert any(re.search(pattern, line) for pattern in TABLES), line
