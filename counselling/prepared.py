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
        sql, parameters, converters = self._question()
        names = {_adapted(value): name for name, value in self.stand_ins.items()}
        places = [names.get(value) for value in parameters]
        if set(names.values()) - set(places):
            raise ValueError(f"a value does not stand in the question: {sql}")
        return sql, list(parameters), places, _by_column(converters)

    def _question(self) -> tuple[str, list[Any], list[tuple[int, Any]]]:
        """The SQL, its parameters and its converters by column."""
        return _in_sql(self.build(**self.stand_ins))


class PreparedPage(Prepared):
    """A page of a list: `build` chooses its rows ("pk", "total", in order), `shown` gives the columns of any row, "pk" first.

    The page is found before its columns are read. In one query the wide columns of every row that could be on the page would
    be carried through the sorting and counting. `order` orders the page by columns of `shown`, as `build` orders all.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], shown: QuerySet[Any, Any], order: str, **stand_ins: Any
    ) -> None:
        super().__init__(build, **stand_ins)
        self.shown, self.order = shown, order

    def _question(self) -> tuple[str, list[Any], list[tuple[int, Any]]]:
        chosen, parameters, _none = super()._question()
        shown, more, converters = _in_sql(self.shown)
        # As an array, or PostgreSQL may read a million rows to join the fifty: it weighs only some orders of many joins.
        among = "= ANY(ARRAY{0})" if connection.vendor == "postgresql" else "IN {0}"
        sql = (
            f"WITH chosen AS MATERIALIZED ({chosen})"  # noqa: S608  both from the object mapper
            f" SELECT shown.*, (SELECT total FROM chosen LIMIT 1) FROM ({shown}) shown"
            f" WHERE shown.pk {among.format('(SELECT pk FROM chosen)')} ORDER BY {self.order}"
        )
        return sql, [*parameters, *more], converters


def _in_sql(question: QuerySet[Any, Any]) -> tuple[str, list[Any], list[tuple[int, Any]]]:
    compiler = question.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([each[0] for each in compiler.select])
    return sql, list(parameters), list(converters.items())


def _by_column(converters: list[tuple[int, Any]]) -> Converted:
    """Days and moments are read one by one on SQLite; here empty cells are passed over, which in a list of cases are most."""

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
