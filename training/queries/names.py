"""The choosing page: everybody put forward, in the published order, with the seat that falls to each. Constant statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hcims.errors import NotFound
from training import reasons
from training.eligibility import Finding, bars, unknown
from training.finding_words import Said, said
from training.models import Cohort, Nomination, NominationState
from training.queries import cohorts
from training.queries.cohort_page import linked
from training.queries.eligibility import findings_for
from training.queries.seats import PUT_FORWARD, standing
from training.seating import OPEN, Placed


@dataclass(frozen=True)
class Row:
    """One name: its place, why it stands there, and what falls to it."""

    nomination: Nomination
    placed: Placed
    seat: str  # kept for whom; "open" for a seat of all; none: waits
    against: list[Said]
    to_show: list[Said]

    @property
    def is_undecided(self) -> bool:
        """Whether the institution may still answer."""
        return self.nomination.state in (NominationState.PROPOSED, NominationState.WAITING)


@dataclass(frozen=True)
class Answered:
    """A name that left the list, with the reason, its basis and where to turn."""

    nomination: Nomination
    reason: reasons.Reason | None


@dataclass
class Names:
    """The page."""

    rows: list[Row]
    answered: list[Answered]
    linked: set[int]
    asked: int  # requests that still wait for a commander

    @property
    def seated(self) -> list[Row]:
        """Those to whom a seat falls by the order and who have none yet."""
        return [each for each in self.rows if each.placed.is_seated and each.is_undecided and not each.against]

    @property
    def left(self) -> list[Row]:
        """Those who wait by the order, and have not been told so."""
        return [
            each for each in self.rows
            if not each.placed.is_seated and each.nomination.state == NominationState.PROPOSED
        ]  # fmt: skip

    @property
    def barred(self) -> list[Row]:
        """Those of whom a condition no longer holds: they wait for an answer."""
        return [each for each in self.rows if each.against and each.is_undecided]


LISTED = ("officer__rank", "officer__unit", "unit", "region", "put_by", "signed_by", "decided_by")


def names_of(user: Any, cohort: Cohort, *, on: date) -> Names:
    """Everybody put forward for the cohort."""
    every = list(cohort.nominations.select_related(*LISTED).order_by("pk"))
    live = [each for each in every if each.state in PUT_FORWARD]
    findings = findings_for(cohort, [each.officer for each in live], on=on)
    labels = _share_labels(cohort)
    by_key = {each.pk: each for each in live}
    rows = [
        _row(by_key[placed.candidate.key], placed, labels, findings)
        for placed in standing(cohort, on=on, nominations=live)
    ]
    gone = (NominationState.REFUSED, NominationState.WITHDRAWN)
    return Names(
        rows,
        [Answered(each, reasons.of(each.decision_code)) for each in every if each.state in gone],
        linked(user, [each.officer_id for each in every], on=on),
        sum(1 for each in every if each.state == NominationState.ASKED),
    )


def _row(nomination: Nomination, placed: Placed, labels: list[str], findings: dict[int, list[Finding]]) -> Row:
    found = findings[nomination.officer_id]
    seat = "" if placed.share is None else "open" if placed.share == OPEN else labels[placed.share]
    return Row(nomination, placed, seat, [said(each) for each in bars(found)], [said(each) for each in unknown(found)])


def _share_labels(cohort: Cohort) -> list[str]:
    names = {"F": "♀", "M": "♂", "": ""}
    return [
        " ".join(each for each in (share.region.name if share.region else "", names[share.sex]) if each)
        for share in cohort.shares.select_related("region")
    ]


def access_name(user: Any, ref: str, *, on: date) -> Nomination:
    """A name of a cohort that the user may see. Errors: NotFound."""
    found = (
        Nomination.objects.filter(ref=ref, cohort__in=cohorts.visible_to(user, on=on).values("pk"))
        .select_related(
            "cohort__version__course", "cohort__unit", "officer__user", "officer__rank", "unit", "decided_by"
        )
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found


def chosen(cohort: Cohort, refs: Iterable[str]) -> list[Nomination]:
    """The ticked names of the cohort."""
    return list(cohort.nominations.filter(ref__in=list(refs)).select_related("officer").order_by("pk"))
