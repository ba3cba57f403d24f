"""What the repository may hold."""

import re
import sys
from importlib.metadata import packages_distributions

from tests.rules.source import MODULES, ROOT, files, imports, lines_matching, place, python_files

BINARY = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".xls", ".ods", ".pdf", ".zip", ".ttf", ".gif", ".webp"}
OURS = {*MODULES, "tests", "workshop", "benchmarks"}
TEXTS = tuple(path for path in files() if path.suffix not in BINARY)


def test_no_path_of_somebodys_machine() -> None:
    folders = "|".join(["wo" + "rk", "ro" + "ot", "t" + "mp", "ho" + "me/[a-z]"])
    found = lines_matching(TEXTS, rf"(?<![\w.\-}}/:)\]*])/({folders})/")
    assert not found, "\n".join(found)


def dependencies() -> list[str]:
    """The lines of pyproject.toml that name a dependency."""
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|build|bench|dev) = \[\n(.*?)^\]", text, re.M | re.S)
    assert len(lists) == 4
    return [line.strip() for block in lists for line in block.splitlines() if line.strip()]


def test_every_dependency_says_what_it_is_for() -> None:
    lines = dependencies()
    silent = [line for line in lines if not re.search(r"\",\s+# \S.{4,}", line)]
    assert not silent, f"Say in a comment what each is for: {silent}"


def test_every_dependency_is_locked_by_hash() -> None:
    """A dependency added without `make lock` would not be installed anywhere else."""
    named = [re.split(r"[^\w-]", line.lstrip('"'), maxsplit=1)[0] for line in dependencies()]
    peers = {"matching", "ortools"}  # of benchmarks: nobody else installs them
    for file, known in (("dev", {*named} - peers), ("bench", {*named})):
        lock = (ROOT / f"requirements-{file}.lock").read_text().lower()
        assert not [name for name in known if f"\n{name.lower()}==" not in lock], file
        assert not re.search(r"^[a-z0-9-]+==[^\\]*$", lock, re.M), "a line without a hash"


def test_secrets_are_not_in_the_repository() -> None:
    found = lines_matching(TEXTS, "-----BEGIN [A-Z ]*PRIVATE " + "KEY-----|AGE-SECRET-" + "KEY-1[A-Z0-9]{20}")
    assert not found, "\n".join(found)


def test_no_file_is_huge() -> None:
    """Third-party code and built files are installed and made, not kept."""
    large = [place(path) for path in files() if path.stat().st_size > 1_000_000]
    assert not large, large


def test_everything_imported_is_named() -> None:
    """What is here only because something else brought it, or somebody installed it, would be missing on a fresh machine."""
    named = {re.split(r"[^\w-]", line.lstrip('"'), maxsplit=1)[0].lower() for line in dependencies()}
    distributions = packages_distributions()
    unnamed = {
        f"{place(path, line)} {package}"
        for path in python_files()
        for name, line in imports(path)
        if (package := name.partition(".")[0]) not in OURS | sys.stdlib_module_names
        if not {each.lower().replace("_", "-") for each in distributions.get(package, [])} & named
    }
    assert not unnamed, f"Add to pyproject.toml with what it is for, then `make lock`: {sorted(unnamed)}"
