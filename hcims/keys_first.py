"""Long lists read in two steps, keys first: sorting 107,000 keys is cheap, sorting 107,000 rows with their joins is not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from copy import copy
from typing import Any, Generic, Self, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
BATCH = 500


class KeysFirst(ABC, Generic[Row]):
    """A list as a table takes it: counted, ordered and cut like a queryset; joins are read for the rows of one page alone.

    A list says which `model` it is of, what comes first (`ordered`) and what is read with each row (`shown`). `rows`: those
    that belong to it, in no order that matters; `sorts`: what a table asked for; `total`: how many, where counted already.
    """

    model: type[Row]

    def __init__(self, rows: QuerySet[Row], *sorts: str, total: int | None = None) -> None:
        self.rows, self.sorts, self.total = rows, sorts, total

    @abstractmethod
    def ordered(self) -> QuerySet[Row]:
        """The rows in the order asked for, or in the list's own."""

    @abstractmethod
    def shown(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """The rows with what a page of the list shows of them."""

    def order_by(self, *sorts: str) -> Self:
        """The same list in another order."""
        found = copy(self)
        found.sorts = sorts or self.sorts
        return found

    def count(self) -> int:
        """How many there are; an order may leave some out."""
        return self.ordered().order_by().count() if self.total is None else self.total

    def __getitem__(self, cut: slice) -> list[Row]:
        return self._read(list(self._keys()[cut]))

    def in_batches(self) -> Iterator[list[Row]]:
        """Every row, some hundreds at a time: for exports."""
        keys = list(self._keys())
        for start in range(0, len(keys), BATCH):
            yield self._read(keys[start : start + BATCH])

    def _keys(self) -> QuerySet[Any, Any]:
        return self.ordered().values_list("pk", flat=True)

    def _read(self, keys: list[Any]) -> list[Row]:
        by_key = {each.pk: each for each in self.shown(self.model._default_manager.filter(pk__in=keys))}
        return [by_key[key] for key in keys if key in by_key]
