"""The bird's-eye page of the whole service against hand-written SQL; statements and bytes.

Two floors: the one aggregate behind the main table, and all that hand-written SQL would ask for the page's numbers.
Page and aggregate are compared by CPU, the database's included: wall time is the neighbours' as much as ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks import _bare, _service
from benchmarks.measuring import Cost, Figure, best_of

DATABASES = ("postgresql", "sqlite")
# The address's query; the condition on officers and the rank that the bare aggregate has for it; days back.
VIEWS: dict[str, tuple[str, str, str, int]] = {
    "as it opens": ("", "", "", 0),
    "one service, by place": ("service=KPS&counties=place", "o.service = 'KPS'", "", 0),
    "one rank, a year ago": ("rank=PC&on={on}", "", "PC", 365),
    "tenure": ("measure=overdue&tenure=over", "p.start_known AND p.starts_on < %(overdue)s", "", 0),
    "women": ("sex=F", "o.sex = 'F'", "", 0),
}


def run(scale: int) -> Iterator[Figure]:
    """A service is invented first; that is not measured."""
    client = _service.browser_of(_service.make(scale))
    for name, (query, chosen, rank, back) in VIEWS.items():
        bare = _bare_cost(chosen, rank, back)
        address = "/overview/NPS/?" + query.format(on=_today() - timedelta(days=back))
        cost, page = _service.read(client, address)
        yield Figure(f"page, {name}, against the SQL of its main table", _ms(cost), "ms", _ms(bare), 3)
        if not query:
            whole = _ms(bare) + _ms(_rest_cost())
            both = _ms(cost) + _ms(_service.read(client, address.replace("/NPS/", "/NPS/rest/"))[0])
            yield Figure("page and what it fetches against the SQL of all its numbers", both, "ms", whole, 3)
        yield Figure(f"statements, {name}", cost.statements, "statements", reach=15)
        later, _rest = _service.read(client, address.replace("/NPS/", "/NPS/rest/"))
        yield Figure(f"what the page fetches once it stands, {name}", _ms(later), "ms")
        yield Figure(f"statements of that, {name}", later.statements, "statements", reach=15)
        if kilobytes := _service.first_visit(page):
            yield Figure(f"first visit, {name}", kilobytes, "kB gz", reach=50)


def _today() -> date:
    from hcims import clock

    return clock.today()


def _ms(cost: Cost) -> float:
    return (cost.cpu + cost.database) * 1000


def _rest_cost() -> Cost:
    """Skills, and the day of each of the last twelve months."""
    from deployment.strength import marks_until
    from organisation.models import Unit

    on, unit = _today(), Unit.objects.get(code="NPS").pk

    def ask() -> None:
        _bare.ask(_bare.SKILLS, {"on": on, "unit": unit})
        for mark in marks_until(on)[:-1]:
            _bare.ask(_bare.DAY, {"on": mark})

    return best_of(2, ask)


def _bare_cost(chosen: str, rank: str, back: int) -> Cost:
    from organisation.models import Rank, Unit

    ranks = f"{{}}rank_id = {Rank.objects.get(code=rank).pk}" if rank else ""
    sql, on = _bare.statement(chosen=chosen, ranks=ranks), _today() - timedelta(days=back)
    parameters = {"on": on, "unit": Unit.objects.get(code="NPS").pk, "overdue": on - timedelta(days=3 * 365)}
    return best_of(_service.TIMES, lambda: _bare.ask(sql, parameters))
