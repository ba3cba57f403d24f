"""Officer list, unit page and officer file: statements, CPU and bytes, whatever the size of the service."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from benchmarks import _service
from benchmarks.measuring import Figure

DATABASES = ("postgresql", "sqlite")


def addresses() -> dict[str, str]:
    """The pages read: national lists in each order, a unit at each height, one file."""
    from personnel.models import Officer

    number = Officer.objects.order_by("pk").values_list("service_number", flat=True)[0]
    return {
        "officer list": "/officers/",
        "officer list by rank": "/officers/?sort=rank",
        "officer list by service": "/officers/?sort=service",
        "officer list by unit": "/officers/?sort=unit",
        "officer list of a county": "/officers/?unit=C-047",
        "unit page of the service": "/units/NPS/",
        "unit page of a county": "/units/C-047/",
        "officer file": f"/officers/{number}/",
    }


def run(scale: int) -> Iterator[Figure]:
    """A service is invented first; that is not measured. The database's CPU stands beside ours, not in it."""
    client = _service.browser_of(_service.make(scale))
    for name, address in addresses().items():
        cost, page = _service.read(client, address)
        yield Figure(f"{name}, statements", cost.statements, "statements", reach=20)
        yield Figure(f"{name}, CPU", cost.cpu * 1000, "ms", reach=100)
        if cost.database:
            yield Figure(f"{name}, CPU of the database beside it", cost.database * 1000, "ms")
        yield Figure(f"{name}, page", len(gzip.compress(page)) / 1000, "kB gz")
