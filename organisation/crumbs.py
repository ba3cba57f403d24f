"""The commands above a unit as the way a page stands in: what the reader may open is a link, what not is a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from organisation.queries import open_to_reader
from organisation.queries.unit_page import line_of_command


def commands_above(
    user: Any, unit: Any, *, on: date, today: date, address: Callable[[str], str]
) -> list[tuple[str, str]]:
    """This function will give name and address of each command above on the day, the highest first; one statement."""
    line = [each for each in line_of_command(unit, on=on) if each[0] != unit.code]
    known = {code for code, _name in open_to_reader(user, line, on=today)}
    return [(name, address(code) if code in known else "") for code, name in line]
