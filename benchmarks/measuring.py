"""How things are measured: CPU of this process and its children, wall time, peak memory, statements."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass
class Figure:
    """One line of the table. `floor` is what the value is compared with, `reach` the largest ratio (or value) aimed at."""

    what: str
    value: float
    unit: str
    floor: float | None = None
    reach: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of its floor."""
        return self.value / self.floor if self.floor else None

    @property
    def is_reached(self) -> bool | None:
        """Whether the ratio, or without a floor the value, is within reach; None where nothing is aimed at."""
        if self.reach is None:
            return None
        return (self.ratio if self.ratio is not None else self.value) <= self.reach

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Cost:
    """What a stretch of code cost. `database` is the CPU of PostgreSQL's own process. Units: seconds, statements."""

    cpu: float = 0.0
    database: float = 0.0
    wall: float = 0.0
    statements: int = 0


@contextmanager
def measured() -> Iterator[Cost]:
    """The cost of the `with` body, filled in when it ends. SQLite works in this process, so its time is in `cpu`."""
    from django.db import connection

    cost = Cost()

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        cost.statements += 1
        return execute(sql, params, many, context)

    cpu, database, wall = cpu_seconds(), database_seconds(), time.perf_counter()
    with connection.execute_wrapper(counted):
        yield cost
    cost.cpu, cost.wall = cpu_seconds() - cpu, time.perf_counter() - wall
    cost.database = database_seconds() - database


def database_seconds() -> float:
    """CPU used so far by the PostgreSQL process that serves this connection; 0 on SQLite, and where Linux does not tell."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


def cpu_seconds() -> float:
    """CPU used so far by this process and by its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak_megabytes() -> float:
    """The most memory this process, or the largest of its children, has held so far."""
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return largest / 1024


def best_of(times: int, body: Any) -> Cost:
    """The cheapest of several runs by CPU: the one least disturbed by whatever else the machine did."""
    costs = []
    for _ in range(times):
        with measured() as cost:
            body()
        costs.append(cost)
    return min(costs, key=lambda each: each.cpu + each.database)
