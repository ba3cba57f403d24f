"""Establishment versions: two people, dated lines, and every day the posts that the latest paper says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, NotFound, RuleBroken
from organisation import actions, queries
from organisation.models import EstablishmentLine, EstablishmentVersion, Rank, Skill, Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.notices import told
from tests.factories.organisation import establish, small_service

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = date(2026, 4, 1)


@pytest.fixture
def service() -> dict[str, Unit]:
    return small_service()


@pytest.fixture
def hr(service: dict[str, Unit]) -> Any:
    return appoint(UserFactory(), "hr-officer", service["county"])


@pytest.fixture
def chief(service: dict[str, Unit]) -> Any:
    return appoint(UserFactory(), "inspector-general", service["service"])


def draft(unit: Unit, by: Any, **fields: Any) -> EstablishmentVersion:
    given = {"baseline": "authorised", "title": "Posts 2026", "authority": "IG/EST/4 of 2026", "effective_on": DAY}
    return actions.draft_version(unit=unit, by=by, at=AT, **(given | fields))


def cell(unit: Unit, rank: str, skill: str = "") -> tuple[int, int, int | None]:
    return unit.pk, Rank.objects.get(code=rank).pk, Skill.objects.get(code=skill).pk if skill else None


def lines_of(unit: Unit) -> list[tuple[str, int, date, date | None]]:
    lines = EstablishmentLine.objects.filter(unit=unit).order_by("rank__order", "starts_on", "-posts")
    return [(each.rank.code, each.posts, each.starts_on, each.ends_on) for each in lines.select_related("rank")]


def test_from_a_draft_to_lines(service, hr, chief):
    establish(service["station"], {"PC": 12, "CPL": 3})
    version = draft(service["subcounty"], hr)
    cells = {
        cell(service["station"], "PC"): 20,
        cell(service["station"], "CPL"): 3,  # as it is: no change
        cell(service["station"], "PC", "driving-b"): 2,
        cell(service["post"], "PC"): 4,
    }
    assert actions.set_posts(version=version, cells=cells, by=hr, at=AT) == 3
    actions.submit_version(version=version, by=hr, at=AT)
    assert [
        (str(each.unit), str(each.rank), each.before, each.after)
        for each in queries.changes_of(version, reader=chief, today=AT.date())
    ] == [
        ("Kisima Police Post", "Constable", 0, 4),
        ("Mwangaza Police Station", "Constable", 12, 20),
        ("Mwangaza Police Station", "Constable", 0, 2),
    ]
    page = f"/establishment/{version.ref}/"
    assert told(chief) == [("establishment-to-approve", page)]
    actions.approve_version(version=version, by=chief, at=AT)
    assert told(hr) == [("establishment-decided", page)]
    assert lines_of(service["station"]) == [
        ("CPL", 3, date(2020, 1, 1), None),
        ("PC", 12, date(2020, 1, 1), DAY),
        ("PC", 20, DAY, None),
        ("PC", 2, DAY, None),
    ]
    assert sum(each.difference for each in queries.changes_of(version, reader=chief, today=AT.date())) == 14
    event = AuditEvent.objects.get(event="establishment-in-force")
    assert '"posts_after":26' in event.details
    assert '"posts_before":12' in event.details


def test_nothing_is_in_force_before_it_is_approved(service, hr):
    version = draft(service["station"], hr)
    actions.set_posts(version=version, cells={cell(service["station"], "PC"): 5}, by=hr, at=AT)
    actions.submit_version(version=version, by=hr, at=AT)
    assert not EstablishmentLine.objects.exists()


def test_the_drafter_never_decides(service, hr):
    appoint(hr, "deputy-inspector-general", service["service"])
    version = draft(service["station"], hr)
    actions.set_posts(version=version, cells={cell(service["station"], "PC"): 5}, by=hr, at=AT)
    actions.submit_version(version=version, by=hr, at=AT)
    with pytest.raises(NotAllowed, match="drafted"):
        actions.approve_version(version=version, by=hr, at=AT)
    with pytest.raises(NotAllowed, match="drafted"):
        actions.return_version(version=version, note="no", by=hr, at=AT)


def test_only_the_drafter_changes_a_draft(service, hr):
    other = appoint(UserFactory(), "hr-officer", service["service"])
    version = draft(service["station"], hr)
    with pytest.raises(NotAllowed, match="who drafted"):
        actions.set_posts(version=version, cells={cell(service["station"], "PC"): 5}, by=other, at=AT)
    actions.withdraw_version(version=version, note="Drafted twice", by=other, at=AT)
    assert version.state == "withdrawn"


def test_sent_back_with_a_reason_and_submitted_again(service, hr, chief):
    version = draft(service["station"], hr)
    with pytest.raises(RuleBroken, match="changes no post"):
        actions.submit_version(version=version, by=hr, at=AT)
    actions.set_posts(version=version, cells={cell(service["station"], "PC"): 500}, by=hr, at=AT)
    actions.submit_version(version=version, by=hr, at=AT)
    with pytest.raises(RuleBroken, match="cannot be changed"):
        actions.set_posts(version=version, cells={cell(service["station"], "PC"): 5}, by=hr, at=AT)
    with pytest.raises(RuleBroken, match="reason"):
        actions.return_version(version=version, note=" ", by=chief, at=AT)
    actions.return_version(version=version, note="500 constables at one station?", by=chief, at=AT)
    actions.set_posts(version=version, cells={cell(service["station"], "PC"): 50}, by=hr, at=AT)
    actions.submit_version(version=version, by=hr, at=AT)
    actions.approve_version(version=version, by=chief, at=AT)
    with pytest.raises(InvalidTransition):
        actions.approve_version(version=version, by=chief, at=AT)
    assert lines_of(service["station"]) == [("PC", 50, DAY, None)]


def test_a_version_reaches_no_unit_outside_its_area(service, hr):
    version = draft(service["station"], hr)
    with pytest.raises(RuleBroken, match="Upepo"):
        actions.set_posts(version=version, cells={cell(service["other_station"], "PC"): 5}, by=hr, at=AT)
    with pytest.raises(RuleBroken, match="whole number"):
        actions.set_posts(version=version, cells={cell(service["station"], "PC"): 100_000}, by=hr, at=AT)
    with pytest.raises(NotAllowed, match="not propose"):
        draft(service["kwale_station"], hr)


def test_who_reads_a_version(service, hr, chief):
    version = draft(service["station"], hr)
    today = date(2026, 3, 1)
    neighbour = appoint(UserFactory(), "hr-officer", service["other_county"])
    commander = appoint(UserFactory(), "station-commander", service["station"])
    assert queries.access_version(hr, version.ref, on=today) == version
    assert queries.access_version(chief, version.ref, on=today) == version
    for reader in (neighbour, commander):
        with pytest.raises(NotFound):
            queries.access_version(reader, version.ref, on=today)
    actions.set_posts(version=version, cells={cell(service["station"], "PC"): 5}, by=hr, at=AT)
    actions.submit_version(version=version, by=hr, at=AT)
    actions.approve_version(version=version, by=chief, at=AT)
    assert queries.access_version(commander, version.ref, on=today) == version
    with pytest.raises(NotFound):
        queries.access_version(neighbour, version.ref, on=today)


FIRST = date(2026, 1, 1)
PAPERS = st.lists(
    st.tuples(
        st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number)),
        st.dictionaries(st.sampled_from([("station", "PC"), ("station", "CPL"), ("post", "PC")]), st.integers(0, 3),
                        min_size=1),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers=PAPERS)
def test_any_sequence_of_papers_says_the_latest(service, hr, chief, papers):
    """The posts on a day are those of the paper with the latest effective day up to it; of two, the one approved last."""
    with transaction.atomic():
        said: dict[Any, list[tuple[date, int]]] = {}
        for on, posts in papers:
            version = draft(service["station"], hr, effective_on=on)
            cells = {cell(service[short], rank): number for (short, rank), number in posts.items()}
            if not actions.set_posts(version=version, cells=cells, by=hr, at=AT):
                continue
            actions.submit_version(version=version, by=hr, at=AT)
            for change in version.changes.all():
                said.setdefault((change.unit_id, change.rank_id), []).append((on, change.posts))
            actions.approve_version(version=version, by=chief, at=AT)
        for number in range(-1, 33):
            day = FIRST + timedelta(days=number)
            found = {
                (unit, rank): posts
                for unit, rank, posts in EstablishmentLine.objects.in_force(day).values_list("unit", "rank", "posts")
            }
            for key, entries in said.items():
                known = [(on, index, posts) for index, (on, posts) in enumerate(entries) if on <= day]
                assert found.get(key, 0) == (max(known)[2] if known else 0)
        transaction.set_rollback(True)
