"""The orders that follow from an accepted round: where each mover goes, as what, in whose name, in which order they hand over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from deployment.models import Duty
from organisation.models import Skill, Unit
from transfers.actions.publishing import Publication
from transfers.freezing.market import class_ref
from transfers.handover import positions
from transfers.models import Award, Round, TransferRequest
from transfers.queries.round_results import destination


@dataclass(frozen=True)
class Decided:
    """What is the same for every order of the round."""

    round: Round
    duty: Duty
    report_by: date

    @property
    def basis(self) -> str:
        """The rule book that decided, with its digest, and the law it rests on."""
        book = self.round.rule_book
        return f"{book.title}, version {book.version} ({book.sha256[:12]}); {book.legal_basis}"

    @property
    def authority(self) -> str:
        """In whose name the order goes out, when it was decided, and which round."""
        day = f"; {date_format(self.round.accepted_at, 'j F Y')}" if self.round.accepted_at else ""
        return f"{self.round.rule_book.issuing_authority}{day}; {self.round.code}"


def publications(
    round: Round, awards: Sequence[Award], waiting: Mapping[int, TransferRequest], *, report_by: date
) -> list[Publication]:
    """An order to everyone who moves, with the position along the chain of handing over. `waiting` by officer."""
    moving = [(each, unit) for each in awards if (unit := destination(each)) is not None]
    decided = Decided(round, Duty.objects.get(code="general"), report_by)
    order = positions({each.participation.pseudonym: _ends(each, unit) for each, unit in moving})
    return [_publication(each, unit, decided, waiting, order) for each, unit in moving]


def taken_by(award: Award, unit: Unit) -> str:
    """The class of post that the officer takes at the unit."""
    skill = _skill_of(award)
    return class_ref(unit.code, award.participation.rank.code, skill.code if skill else "")


def _skill_of(award: Award) -> Skill | None:
    return award.varied_skill if award.is_varied else award.to_skill


def _ends(award: Award, unit: Unit) -> tuple[str, str]:
    taken = award.participation
    left = class_ref(taken.from_unit.code, taken.rank.code, taken.skill.code if taken.skill else "")
    return left, taken_by(award, unit)


def _publication(
    award: Award, unit: Unit, decided: Decided, waiting: Mapping[int, TransferRequest], order: Mapping[str, int]
) -> Publication:
    taken = award.participation
    return Publication(
        officer=taken.officer,
        to_unit=unit,
        duty=decided.duty,
        post_rank=taken.rank,
        post_skill=_skill_of(award),
        report_by=decided.report_by,
        kind="round",
        reason_code=award.reason_code,
        legal_basis=decided.basis,
        authority=decided.authority,
        decided_by=decided.round.accepted_by,
        request=waiting.get(taken.officer_id),
        award=award,
        handover_position=order[taken.pseudonym],
    )
