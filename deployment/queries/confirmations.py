"""Units that confirmed their list in a return that is not stale, and units with people that did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deployment.measures import share_text
from deployment.models import RuleCode
from deployment.perspective import Perspective
from deployment.queries.catalogue import Catalogue
from deployment.queries.viewed import Area, Rules, question_of
from deployment.strength import Question
from deployment.strength.confirmations import Stations, StationWord, stations, word_of

STALE_DAYS = 45  # where no rule is in force


def stale_after(rules: Rules) -> int:
    """Days after which a station's word no longer counts."""
    return rules.value(RuleCode.CONFIRMATION_DAYS, STALE_DAYS)


@dataclass(frozen=True)
class Word:
    """How far the stations' own word covers the figures of a page. `latest`: the day of the last return that counts."""

    posted: int
    confirmed: int
    latest: date | None
    stale_days: int
    list_url: str  # of the stations behind it

    @property
    def share(self) -> str:
        """Never more than all: a station may have confirmed somebody who has left since."""
        return share_text(min(self.confirmed, self.posted) / self.posted * 100) if self.posted else ""


def stations_word(question: Question, rules: Rules, list_url: str) -> Word:
    """What the stations of an area say of all who are posted there, whatever ranks or skills a page shows."""
    stale = stale_after(rules)
    posted, said = word_of(question, stale_days=stale)
    return Word(posted, said.officers, said.latest, stale, list_url)


class Asked:
    """The area and day of a page. `kind` is "fresh" or "stale"."""

    def __init__(self, area: Area, look: Perspective, catalogue: Catalogue, rules: Rules) -> None:
        self.question = question_of(area, look, catalogue, rules)
        self.stale_days = stale_after(rules)

    def sums(self, kind: str) -> Stations:
        """What all units of a kind come to."""
        return stations(self.question, stale_days=self.stale_days, kind=kind, number=1)

    def page_of(self, kind: str, *, first: int, number: int) -> list[StationWord]:
        """Some of them, those with most people first."""
        return stations(self.question, stale_days=self.stale_days, kind=kind, first=first, number=number).words

    def all_of(self, kind: str) -> list[StationWord]:
        return stations(self.question, stale_days=self.stale_days, kind=kind, number=None).words
