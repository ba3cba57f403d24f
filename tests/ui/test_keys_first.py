"""Lists read keys first stand in the order asked for, whole and cut, and miss nobody between two batches."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet

from hcims import keys_first
from organisation.models import Rank

pytestmark = pytest.mark.django_db


class Ranks(keys_first.KeysFirst[Rank]):
    model = Rank

    def ordered(self) -> QuerySet[Rank]:
        return self.rows.order_by(*self.sorts or ("-order",))

    def shown(self, rows: QuerySet[Rank]) -> QuerySet[Rank]:
        return rows.order_by("order")  # the database may give the rows of a page in any order


def test_a_list_stands_in_the_order_asked_for(monkeypatch: Any) -> None:
    highest = list(Rank.objects.order_by("-order"))
    ranks = Ranks(Rank.objects.all())
    assert len(highest) == ranks.count() > 6
    assert ranks[2:5] == highest[2:5]
    assert ranks.order_by("order")[0:3] == highest[:-4:-1]
    assert ranks[0:1] == highest[:1]  # the list that another was made from stays as it was
    monkeypatch.setattr(keys_first, "BATCH", 3)
    assert [each for some in ranks.in_batches() for each in some] == highest
