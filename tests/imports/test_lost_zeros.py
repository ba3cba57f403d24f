"""Numbers that lost their zeros before they became text are asked about; text that kept them is not."""

from __future__ import annotations

import pytest

from hcims.imports.questions import Numbers


@pytest.mark.parametrize(
    ("cells", "on_record", "widths"),
    [
        (["1265", "001264"], {6}, [6]),  # a workbook in which somebody typed a number anew, as text
        (["1265", "001264"], set(), [6]),
        (["123456", "001264"], {6}, []),
        (["123456", "CS-0031"], {6, 7}, []),
        (["1234567", "123456"], {6, 7}, []),
        ([1265.0, "001264"], {6}, [6]),
        (["1265", "1266"], set(), []),  # nothing says that they were ever longer
        ([3000001.0, 3000002.0], {6}, []),  # longer than all on record: none can be filled up to six
        ([3000001.0, 300002.0], {6}, [7]),
    ],
)
def test_text_of_a_workbook(cells: list[str | float], on_record: set[int], widths: list[int]) -> None:
    numbers = Numbers()
    numbers.add(cells, text_is_safe=True)
    assert numbers.widths(on_record) == widths
    if widths:
        assert {"1265", "3000001"} & set(numbers.examples)
