"""Whatever is done in whatever order: postings, orders, absences, ranks, papers that change the establishment.

Every step goes through the same actions as the pages; what they refuse is refused. Afterwards every constraint holds, the
pointers are true, and strength + vacancies - over-strength = establishment for every unit, day and baseline, counted
against the rows by hand.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from deployment import actions
from deployment.actions.derived import rebuild_units
from deployment.gaps import total
from deployment.models import Duty, Posting, PostingOrder
from deployment.strength import Question, cells
from hcims.errors import Refusal
from organisation import actions as papers
from organisation.models import EstablishmentLine, Rank, Unit
from personnel import actions as records
from personnel.actions.derived import rebuild_ranks
from personnel.models import Officer, RankHolding
from tests.deployment.test_postings import AT, ON
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory

CODES = ["PC", "CPL", "SGT"]
DEEDS = ["post", "post", "end", "void", "leave", "acting", "order", "arrive", "cancel", "rank", "void-rank", "exit"]
STEP = st.one_of(
    st.tuples(
        st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 3), st.sampled_from(CODES), st.integers(0, 12),
    ),
    st.tuples(
        st.just("paper"), st.sampled_from(["authorised", "working"]), st.integers(0, 3), st.sampled_from(CODES),
        st.integers(0, 12), st.integers(0, 3),
    ),
)  # fmt: skip


def day(number: int) -> date:
    """A day of the past year, thirty apart, so that many things fall on the same day."""
    return ON - timedelta(days=30 * number)


class Service:
    """A region with a county, a station and its post; three constables at the station; HR and whoever approves."""

    def __init__(self) -> None:
        root = UnitFactory(type="service")
        county = UnitFactory(under=root, type="county")
        station = UnitFactory(under=county)
        self.units: list[Unit] = [root, county, station, UnitFactory(under=station, type="post")]
        self.officers = [OfficerFactory(posted_to=station) for _ in range(3)]
        self.hr = appoint(UserFactory(), "hr-officer", root)
        self.chief = appoint(UserFactory(), "inspector-general", root)
        self.duty = Duty.objects.get(code="general")
        self.who: dict[str, Any] = {"by": self.hr, "on": ON, "at": AT}

    def do(self, step: tuple[Any, ...]) -> None:
        """One step; a refusal changes nothing."""
        try:
            if step[0] == "paper":
                self._paper(*step[1:])
            else:
                deed, officer, unit, rank, when = step
                self._deed(deed, self.officers[officer], self.units[unit], Rank.objects.get(code=rank), day(when))
            event(f"{step[0]}: done")
        except Refusal:
            event(f"{step[0]}: refused")

    def _paper(self, baseline: str, unit: int, rank: str, when: int, posts: int) -> None:
        version = papers.draft_version(
            baseline=baseline, title="Posts", authority="EST/1 of 2026", unit=self.units[0], effective_on=day(when),
            by=self.hr, at=AT,
        )  # fmt: skip
        cell = (self.units[unit].pk, Rank.objects.get(code=rank).pk, None)
        papers.set_posts(version=version, cells={cell: posts}, by=self.hr, at=AT)
        papers.submit_version(version=version, by=self.hr, at=AT)
        papers.approve_version(version=version, by=self.chief, at=AT)

    def _deed(self, deed: str, officer: Officer, unit: Unit, rank: Rank, on: date) -> None:
        officer.refresh_from_db()
        post = {"duty": self.duty, "post_rank": rank, "overstrength_authority": "IG/7/2026", **self.who}
        if deed == "post":
            actions.record_posting(officer=officer, unit=unit, starts_on=on, order_reference="S/1", **post)
        elif deed in ("leave", "acting"):
            actions.record_absence(
                officer=officer, kind=deed, unit=unit, starts_on=on, ends_on=on + timedelta(days=60),
                order_reference="L/1", post_rank=rank, **self.who,
            )  # fmt: skip
        elif deed == "order":
            move = actions.DecidedMove(
                number=f"O/{PostingOrder.objects.count()}", officer=officer, to_unit=unit, report_by=ON, duty=self.duty,
                post_rank=rank, reason="Relief", authority="IG/1", overstrength_authority="IG/7/2026",
            )  # fmt: skip
            actions.issue_decided(moves=[move], **self.who)
        elif deed == "rank":
            records.record_rank(officer=officer, rank=rank, since=on, authority="NPSC/1", by=self.hr, at=AT)
        elif deed == "exit":
            actions.leave_service(officer=officer, exited_on=on, reason="resignation", paper="HR/3", **self.who)
        else:
            self._on_what_stands(deed, officer, on)

    def _on_what_stands(self, deed: str, officer: Officer, on: date) -> None:
        """The deeds that are done to a posting, an order or a rank in force; nothing where there is none."""
        open_ended = {"officer": officer, "ends_on": None, "voided_at": None}
        now = Posting.objects.filter(kind="substantive", **open_ended).first()
        order = PostingOrder.objects.filter(officer=officer, state__in=["issued", "departed"]).first()
        if deed == "void-rank":
            held = RankHolding.objects.get(**open_ended)
            records.void_rank(holding=held, reason="Wrong officer", paper="HR/2", by=self.hr, at=AT)
        elif order and deed == "arrive":
            actions.record_arrival(order=order, happened_on=on, number="CR/1", **self.who)
        elif order and deed == "cancel":
            actions.take_back(order=order, to="cancelled", reason="Withdrawn", by=self.hr, at=AT)
        elif now and deed == "end":
            actions.end_posting(posting=now, ends_on=on, reason="Ended", **self.who)
        elif now and deed == "void":
            actions.void_posting(posting=now, reason="Error", **self.who)


def holds_one_at_a_time(rows: list[Any]) -> None:
    """No two periods share a day; a period of no days at all is on no day."""
    lasting = [each for each in rows if each.starts_on != each.ends_on]
    for one, other in itertools.pairwise(sorted(lasting, key=lambda each: each.starts_on)):
        assert one.ends_on is not None
        assert one.ends_on <= other.starts_on


def counted(service: Service, inside: set[int], on: date, baseline: str) -> dict[str, int]:
    """Posts, holders, vacant and over of the units, line by line, from the rows."""
    posts: Counter[Any] = Counter()
    for line in EstablishmentLine.objects.filter(baseline=baseline):
        if line.unit_id in inside and line.is_in_force(on):
            posts[line.unit_id, line.rank_id] += line.posts
    holders = Counter(
        (each.unit_id, each.post_rank_id)
        for each in Posting.objects.filter(kind="substantive", voided_at=None)
        if each.unit_id in inside and each.is_in_force(on)
    )
    both = posts.keys() | holders.keys()
    return {
        "authorised": posts.total(),
        "posted": holders.total(),
        "vacant": sum(max(0, posts[key] - holders[key]) for key in both),
        "over": sum(max(0, holders[key] - posts[key]) for key in both),
    }


class AnySequence(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(st.lists(STEP, min_size=8, max_size=24))
    @example([("acting", 0, 0, "PC", 1), ("order", 0, 1, "PC", 1), ("exit", 0, 0, "PC", 0)])
    @example([("post", 0, 1, "PC", 3), ("paper", "working", 1, "PC", 3, 2), ("void", 0, 0, "PC", 0)])
    def test_every_constraint_holds_and_the_sum_comes_out(self, steps: list[tuple[Any, ...]]) -> None:
        service = Service()
        for step in steps:
            service.do(step)
        for officer in service.officers:
            self._one_posting_one_rank_true_pointers(officer)
        assert (rebuild_units(on=ON), rebuild_ranks(on=ON)) == (0, 0)
        self._one_line_of_a_kind(service)
        for number, baseline in itertools.product(range(-1, 14), ["authorised", "working"]):
            for index in range(4):
                self._adds_up(service, index, day(number), baseline)

    def _one_posting_one_rank_true_pointers(self, officer: Officer) -> None:
        officer.refresh_from_db()
        postings = list(Posting.objects.filter(officer=officer, kind="substantive", voided_at=None))
        ranks = list(RankHolding.objects.filter(officer=officer, voided_at=None))
        holds_one_at_a_time(postings)
        holds_one_at_a_time(ranks)
        assert [officer.rank_id] == [each.rank_id for each in ranks if each.is_in_force(ON)]
        assert [officer.unit_id] == ([each.unit_id for each in postings if each.is_in_force(ON)] or [None])
        if officer.exited_on:
            assert not Posting.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ON), officer=officer, voided_at=None)
            assert not PostingOrder.objects.filter(officer=officer, state__in=["issued", "departed"])

    def _one_line_of_a_kind(self, service: Service) -> None:
        lines = EstablishmentLine.objects.order_by("baseline", "unit", "rank", "starts_on")
        for _key, same in itertools.groupby(lines, key=lambda line: (line.baseline, line.unit_id, line.rank_id)):
            holds_one_at_a_time(list(same))

    def _adds_up(self, service: Service, index: int, on: date, baseline: str) -> None:
        found = cells(
            Question(unit=service.units[index].pk, on=on, baseline=baseline, today=ON, overdue_before=day(36),
                     overdue_before_in_operations=day(12), non_core=())
        )  # fmt: skip
        counts = total(found.values())
        inside = {unit.pk for unit in service.units[index:]}  # the tree is one line: each stands under the one before
        wanted = counted(service, inside, on, baseline)
        assert {name: getattr(counts, name) for name in wanted} == wanted, (index, on, baseline)
        assert counts.posted + counts.vacant - counts.over == counts.authorised
        assert all(each.adds_up for each in found.values())
