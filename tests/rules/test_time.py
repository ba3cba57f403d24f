"""Time is passed in: nothing below a view, a job or a command reads the clock."""

import ast
from pathlib import Path

from tests.rules.source import MODULES, ROOT, imports, place, python_files, tree

# Read a clock when called without arguments (with one they convert a moment), and those that always do.
WITHOUT_ARGUMENTS = ("timezone.localdate", "timezone.localtime")
ALWAYS = ("timezone.now", "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time")


def may_read_the_clock(path: Path) -> bool:
    """Views and what serves them, jobs and commands stand at the edge, where a moment is taken once and passed on."""
    inner = path.relative_to(ROOT).with_suffix("").parts
    edges = {"views", "jobs", "commands", "middleware", "context", "admin"}
    return path == ROOT / "hcims" / "clock.py" or bool(edges & set(inner))


def test_only_views_jobs_commands_and_middleware_read_the_clock() -> None:
    below = [path for path in python_files(of=MODULES) if not may_read_the_clock(path)]
    found = [place(path, line) for path in below for name, line in imports(path) if name.startswith("hcims.clock")]
    assert not found, f"Take `on=` or `at=` instead: {found}"


def reads_a_clock(call: ast.Call) -> bool:
    """Whether the call asks what time it is now."""
    name = ".".join(ast.unparse(call.func).split(".")[-2:])
    return name in ALWAYS or (name in WITHOUT_ARGUMENTS and not call.args and not call.keywords)


def test_nothing_reads_a_clock_of_its_own() -> None:
    found = [
        f"{place(path, node.lineno)} {ast.unparse(node)}"
        for path in python_files(of=MODULES)
        if path != ROOT / "hcims" / "clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and reads_a_clock(node)
    ]
    assert not found, f"hcims.clock is the only clock: {found}"


def test_the_day_of_a_moment_is_nairobis() -> None:
    """`moment.date()` is the day in Greenwich: for three hours of every night it is yesterday."""
    found = [
        f"{place(path, node.lineno)} {ast.unparse(node)}"
        for path in python_files(of=MODULES)
        if path != ROOT / "hcims" / "imports" / "reading.py"  # the dates of a workbook have no zone
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date"
        if not node.args and ast.unparse(node.func.value) != "local"
    ]
    assert not found, f"timezone.localdate(moment) instead: {found}"
