"""How the bird's-eye page grows with the service: 10,000, 107,000 and 1,000,000 officers."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import _service
from benchmarks.measuring import Figure

SCALES = (10_000, 107_000, 1_000_000)


def run(scale: int) -> Iterator[Figure]:
    """The page as it opens. Inventing a million officers takes its time, and is not measured."""
    client = _service.browser_of(_service.make_posts_and_officers(scale))
    cost, _page = _service.read(client, "/overview/NPS/")
    yield Figure("bird's-eye page, CPU", cost.cpu * 1000, "ms")
    yield Figure("bird's-eye page, CPU of the database", cost.database * 1000, "ms")
    yield Figure("bird's-eye page, both for 1,000 officers", (cost.cpu + cost.database) * 1e6 / scale, "ms")
    yield Figure("bird's-eye page, statements", cost.statements, "statements", reach=15)
