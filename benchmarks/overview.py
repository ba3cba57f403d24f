"""The bird's-eye page of the whole service against hand-written SQL; statements and bytes.

Two floors: the one aggregate behind the main table, and all that hand-written SQL would ask for the page's numbers.
Page and aggregate are compared by CPU, the database's included: wall time is the neighbours' as much as ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from benchmarks import _bare, _service
from benchmarks.measuring import Cost, Figure, best_of

DATABASES = ("postgresql", "sqlite")


class View(NamedTuple):
    """One way to ask for the page, and what the bare aggregate is asked in its place."""

    query: str = ""
    chosen: str = ""  # condition on the officer `o`
    posts: str = ""  # condition on the post, `{}` before each name
    back: int = 0  # days
    baseline: str = "working"


def views() -> dict[str, View]:
    """Each filter of the page at least once."""
    from django.db.models import Count

    from organisation.models import EstablishmentLine, Rank, Skill

    constable = Rank.objects.get(code="PC").pk
    ncos = ", ".join(str(each) for each in Rank.objects.filter(cadre="nco").values_list("pk", flat=True))
    lines = EstablishmentLine.objects.filter(skill__isnull=False).values("skill").annotate(number=Count("pk"))
    skill = Skill.objects.get(pk=lines.order_by("-number")[0]["skill"])
    return {
        "as it opens": View(),
        "authorised establishment": View("baseline=authorised", baseline="authorised"),
        "one service, by place": View("service=KPS&counties=place", "o.service = 'KPS'"),
        "one rank, a year ago": View("rank=PC&on={on}", posts=f"{{}}rank_id = {constable}", back=365),
        "one cadre": View("rank=nco", posts=f"{{}}rank_id IN ({ncos})"),
        "posts that ask for a skill": View(f"skill={skill.code}", posts=f"{{}}skill_id = {skill.pk}"),
        "tenure": View("measure=overdue&tenure=over", "p.start_known AND p.starts_on < %(overdue)s"),
        "women": View("sex=F", "o.sex = 'F'"),
    }


def run(scale: int) -> Iterator[Figure]:
    """A service is invented first; that is not measured."""
    client = _service.browser_of(_service.make(scale))
    for name, view in views().items():
        bare = _bare_cost(view)
        address = "/overview/NPS/?" + view.query.format(on=_today() - timedelta(days=view.back))
        cost, page = _service.read(client, address)
        yield Figure(f"page, {name}, against the SQL of its main table", _ms(cost), "ms", _ms(bare), 3)
        if not view.query:
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


def _bare_cost(view: View) -> Cost:
    from organisation.models import Unit

    sql, on = _bare.statement(chosen=view.chosen, posts=view.posts), _today() - timedelta(days=view.back)
    unit = Unit.objects.get(code="NPS").pk
    parameters = {"on": on, "unit": unit, "baseline": view.baseline, "overdue": on - timedelta(days=3 * 365)}
    return best_of(_service.TIMES, lambda: _bare.ask(sql, parameters))
