"""The repository as text and as syntax trees, for the rules about the code itself."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = (
    "desk",
    "transfers",
    "counselling",
    "training",
    "deployment",
    "personnel",
    "accounts",
    "organisation",
    "hcims",
)


@functools.cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Files of the repository, new ones included, ignored ones not; of these suffixes when some are given."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    found = (ROOT / name for name in names if name)
    return tuple(path for path in found if path.is_file() and (not suffixes or path.suffix in suffixes))


def python_files(*, of: tuple[str, ...] = ()) -> Iterator[Path]:
    """Python files without migrations; of these top folders when some are given."""
    for path in files(".py"):
        parts = path.relative_to(ROOT).parts
        if "migrations" not in parts and (not of or parts[0] in of):
            yield path


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, line: int | None = None) -> str:
    """Where something is, as people say it: file and line from the top of the repository."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{line}" if line else name


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Modules and names a file imports while it runs, dotted, with the line; those for type checkers are left out."""
    only_for_types = {
        inner
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(path)):
        if node in only_for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def attributes(path: Path) -> Iterator[tuple[str, int]]:
    """Dotted names a file reads, such as `Officer.objects`, with the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node), node.lineno


def lines_matching(paths: tuple[Path, ...], pattern: str, keep: Callable[[str], bool] = lambda line: True) -> list[str]:
    """Places whose line has the pattern."""
    wanted = re.compile(pattern)
    return [
        f"{place(path, number)}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if wanted.search(line) and keep(line)
    ]
