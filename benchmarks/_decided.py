"""A drawn round of the whole service until its letters are printed: computed, read by its board, published, told on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import _service
from benchmarks.measuring import Cost, Figure, cpu_seconds, measured, peak_megabytes

PAGES = {
    "board of the round": "",
    "its awards one by one, page 1": "awards/",
    "its awards one by one, page 100": "awards/?page=100",
    "its awards, those who move": "awards/?show=moves",
}
LETTERS = 500  # printed; what all of them cost follows from these
BOARD = "npsc-commissioner"


def figures(
    round: Any, days: dict[str, int], at: Callable[[Any], dict[str, Any]], holder: Callable[[str], Any]
) -> Iterator[Figure]:
    """The figures of a round whose lottery was drawn."""
    from transfers.actions import compute

    with measured() as cost:
        compute.compute(round=round, by=holder("hr-officer"), **at(days["draw"]))
    yield Figure(
        "computing, explaining and keeping it, figures of the board and all: CPU", cost.cpu + cost.database, "s"
    )
    yield from pages(round, holder(BOARD))
    yield from _published(round, days, at, holder)


def pages(round: Any, user: Any) -> Iterator[Figure]:
    """What reading the board costs. Its database's CPU is in the figure."""
    client = _service.browser_of(user)
    for name, address in PAGES.items():
        cost, _page = _service.read(client, f"/transfers/rounds/{round.code}/board/{address}")
        yield Figure(f"{name}, statements", cost.statements, "statements", reach=20)
        yield Figure(f"{name}, CPU", (cost.cpu + cost.database) * 1000, "ms", reach=200)
    cost, _page = _service.read(_service.browser_of(user_who_works()), "/transfers/due/")
    yield Figure("who is due to move, statements", cost.statements, "statements", reach=20)
    yield Figure("who is due to move, CPU", (cost.cpu + cost.database) * 1000, "ms")


def user_who_works() -> Any:
    """The HR desk of the service."""
    from accounts.models import Appointment

    return Appointment.objects.filter(role="hr-officer", unit__type="service").select_related("user")[0].user


def _published(
    round: Any, days: dict[str, int], at: Callable[[Any], dict[str, Any]], holder: Callable[[str], Any]
) -> Iterator[Figure]:
    from transfers.actions import board
    from transfers.actions.publishing_rounds import publish_round
    from transfers.models import TransferOrder

    round.refresh_from_db()
    board.accept(
        round=round, minutes="Read by county and by floor, line after line.", by=holder(BOARD), **at(days["draw"])
    )
    with measured() as cost:
        publish_round(round=round, by=holder("inspector-general"), **at(days["draw"]))
    number = TransferOrder.objects.count()
    yield Figure("orders of the round", number, "orders")
    yield Figure("publishing it, one deed without the letters: CPU", cost.cpu + cost.database, "s")
    yield Figure("statements of it", cost.statements, "statements")
    yield Figure("peak memory until then", peak_megabytes(), "MB")
    yield from letters(number, at(days["draw"])["at"])


def letters(number: int, moment: Any) -> Iterator[Figure]:
    """Some of the letters, piece by piece as the job prints them, and what all of them would cost."""
    cost, printed, longest = _print_some(moment)
    each = (cost.cpu + cost.database) / printed
    yield Figure(f"{printed} order letters, 50 in a transaction: CPU of a letter", each * 1000, "ms")
    yield Figure("statements of a letter", cost.statements / printed, "statements")
    yield Figure("longest of those transactions, CPU", longest, "s")
    yield Figure(f"all {number:,} letters, reckoned from these: CPU", each * number / 60, "minutes")
    yield Figure("peak memory after it", peak_megabytes(), "MB")


def _print_some(moment: Any) -> tuple[Cost, int, float]:
    from transfers.actions.publishing import TOGETHER, print_letters
    from transfers.queries.orders import without_letter

    printed, longest = 0, 0.0
    with measured() as cost:
        while printed < LETTERS and (keys := list(without_letter().values_list("pk", flat=True)[:TOGETHER])):
            began = cpu_seconds()
            printed += print_letters(keys, at=moment)
            longest = max(longest, cpu_seconds() - began)
    return cost, printed, longest
