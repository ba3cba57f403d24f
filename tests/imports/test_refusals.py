"""Each refusal of an import, asked of the rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hcims.errors import NotAllowed, RuleBroken
from hcims.imports import kinds, policies
from hcims.imports.models import ImportBatch
from tests.stand_in import StandIn

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ON = date(2026, 11, 2)
WHOLE = StandIn(pk=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def whose(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in 1 imports everywhere, others nowhere; nobody but 3 confirms large ones."""

    def areas_of(by: Any, *, on: date, permission: Any = None) -> set[str] | None:
        return None if by.pk == (3 if permission else 1) else set()

    kind = SimpleNamespace(areas_of=areas_of, writes=("new",))
    found = {"roll": kind, "payroll": SimpleNamespace(areas_of=areas_of, writes=())}
    monkeypatch.setattr(policies, "kind_of", found.__getitem__)
    monkeypatch.setattr(kinds, "kind_of", found.__getitem__)


def kept(**fields: Any) -> ImportBatch:
    return ImportBatch.objects.create(**{"kind": "roll", "on": ON, "uploaded_at": AT, "uploaded_by": None, **fields})


def upload(by: StandIn, day: date) -> None:
    policies.check_can_upload(by, policies.kind_of("roll"), "", day, on=ON)


def confirm(**fields: Any) -> None:
    policies.check_can_confirm(WHOLE, ImportBatch(**{"kind": "roll", **fields}), on=ON)


def undo(batch: ImportBatch) -> None:
    policies.check_can_undo(WHOLE, batch, on=ON)


def confirm_beside_another() -> None:
    kept(state="applying")
    confirm()


def undo_twice() -> None:
    batch = kept(state="applied", applied_at=AT)
    kept(state="ready", undoes=batch)
    undo(batch)


REFUSED: dict[str, tuple[type[Exception], Callable[[], Any]]] = {
    "lists of your own area": (NotAllowed, lambda: upload(StandIn(pk=2), ON)),
    "in the future": (RuleBroken, lambda: upload(WHOLE, ON + timedelta(days=1))),
    "your own area only": (
        NotAllowed, lambda: policies.check_can_work(StandIn(pk=2), ImportBatch(kind="roll"), on=ON),
    ),
    "nothing to confirm": (RuleBroken, lambda: confirm(kind="payroll")),
    "applying another list": (RuleBroken, confirm_beside_another),
    "permission for it": (NotAllowed, lambda: policies.check_can_be_second(WHOLE, ImportBatch(kind="roll"), on=ON)),
    "Only a list that was applied": (RuleBroken, lambda: undo(ImportBatch(kind="roll", state="ready"))),
    "list that was applied can": (RuleBroken, lambda: undo(ImportBatch(kind="roll", state="applied", undoes_id=1))),
    "undoing this import already": (RuleBroken, undo_twice),
}  # fmt: skip


@pytest.mark.parametrize("words", REFUSED)
def test_it_is_refused_in_words(words: str) -> None:
    error, ask = REFUSED[words]
    with pytest.raises(error, match=words):
        ask()
