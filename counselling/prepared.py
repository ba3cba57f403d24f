"""Questions asked often and always alike: put into SQL once a process, then asked with other values.

Django takes about a millisecond to put one of them into SQL, which is more than the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

NUMBER, NAME = 4_747_474_747_474_747, "\x01a name"
MOMENT = datetime(1947, 4, 7, 4, 7, 47, 474747, tzinfo=UTC)
Converted = Callable[[list[tuple[Any, ...]]], list[tuple[Any, ...]]]


class Prepared:
    """One question. `build` gives it as a `values_list` for stand-ins, named as the values are when it is asked."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self.build, self.stand_ins = build, stand_ins
        self.known: dict[str, tuple[str, list[Any], list[str | None], Converted]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The answer, as tuples."""
        if connection.vendor not in self.known:
            self.known[connection.vendor] = self._compiled()
        sql, fixed, places, convert = self.known[connection.vendor]
        given = {name: _adapted(value) for name, value in values.items()}
        asked = [given[place] if place else value for place, value in zip(places, fixed, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return convert(found)

    def _compiled(self) -> tuple[str, list[Any], list[str | None], Converted]:
        """The SQL, its parameters, which of them stand for what, and what the columns go through."""
        compiler = self.build(**self.stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {_adapted(value): name for name, value in self.stand_ins.items()}
        places = [names.get(value) for value in parameters]
        if set(names.values()) - set(places):
            raise ValueError(f"a value does not stand in the question: {sql}")
        converters = compiler.get_converters([each[0] for each in compiler.select])
        return sql, list(parameters), places, _by_column(list(converters.items()))


def _by_column(converters: list[tuple[int, Any]]) -> Converted:
    """Days and moments are texts on SQLite. Django reads every cell of such a column; here the empty ones are passed over,
    which in a list of cases are most of them."""

    def convert(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        columns = list(zip(*rows, strict=True))
        for place, (each, expression) in converters if columns else ():
            for one in each:
                columns[place] = tuple(
                    None if value is None else one(value, expression, connection) for value in columns[place]
                )
        return list(zip(*columns, strict=True))

    return convert if converters else list


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
