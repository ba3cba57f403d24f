"""Files and functions stay small enough to be read in one go."""

import ast

from tests.rules.source import files, place, python_files, tree

LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def test_no_file_is_over_400_lines() -> None:
    written = [path for path in files(".py", ".js", ".mjs", ".scss", ".html") if "migrations" not in path.parts]
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert not long, f"Divide by idea: {long}"


def test_no_function_is_over_50_lines() -> None:
    long = [
        f"{place(path, node.lineno)} {node.name}: {length} lines"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_no_file_is_called_utils() -> None:
    vague = [place(path) for path in python_files() if path.stem in ("utils", "util", "helpers", "misc", "common")]
    assert not vague, f"Name a file for its idea: {vague}"


def test_every_file_says_what_it_owns() -> None:
    silent = [
        place(path)
        for path in python_files()
        if path.name != "__init__.py" and tree(path).body and not ast.get_docstring(tree(path))
    ]
    assert not silent, f"A line at the top, saying what the file owns: {silent}"
