"""The benchmarks' own arithmetic, and that each file is one."""

import importlib

import pytest

from benchmarks.__main__ import FOLDER, MACHINERY
from benchmarks.measuring import Figure, measured


@pytest.mark.parametrize(
    ("figure", "ratio", "reached"),
    [
        (Figure("import", 20.0, "s", floor=5.0, reach=5), 4.0, True),
        (Figure("import", 30.0, "s", floor=5.0, reach=5), 6.0, False),
        (Figure("queries", 12, "statements", reach=15), None, True),
        (Figure("queries", 16, "statements", reach=15), None, False),
        (Figure("rows a second", 855, "rows/s"), None, None),
    ],
)
def test_a_figure_is_compared_by_ratio_where_it_has_a_floor(
    figure: Figure, ratio: float | None, reached: bool | None
) -> None:
    assert (figure.ratio, figure.is_reached) == (ratio, reached)


@pytest.mark.django_db
def test_statements_are_counted() -> None:
    from organisation.models import County

    with measured() as cost:
        County.objects.count()
        County.objects.count()
    assert cost.statements == 2


def test_every_file_is_a_benchmark() -> None:
    files = [path.stem for path in FOLDER.glob("*.py") if path.stem not in MACHINERY and not path.stem.startswith("_")]
    assert files
    assert all(callable(importlib.import_module(f"benchmarks.{name}").run) for name in files)
