"""The payroll's list beside the record: who is paid and not posted, posted and not paid, paid at another rank or place.

A comparison: it goes through the same reading as the roll and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deployment import lookups
from deployment.import_rights import ForAnArea, units_of
from deployment.roll import record
from deployment.roll.columns import NAMES
from deployment.roll.readers import service_number
from deployment.sentences import SENTENCES
from deployment.shown import Words
from hcims.access.permissions import Permission
from hcims.errors import RuleBroken
from hcims.imports.cells import Cell, name_of, simplified
from hcims.imports.columns import Column
from hcims.imports.dates import Span
from hcims.imports.kinds import Block, Staged
from hcims.imports.models import ImportBatch, Outcome
from organisation.models import Rank

PAID_NOT_POSTED, POSTED_NOT_PAID, OTHER_RANK, OTHER_PLACE = "paid-only", "posted-only", "other-rank", "other-place"
PLACE_UNKNOWN = "no-place"  # the record names no place: nothing to differ from
COLUMNS = (
    Column(
        "service_number", _("Service number"), _("The officer's number, or the payroll number if they are the same."),
        (*NAMES["service_number"].aliases, "payroll no", "payroll number", "p no"), "089231", required=True, numbered=True,
        clearable=False,
    ),
    Column("name", _("Name"), _("As on the payroll; only shown."),
           ("employee name", "names", "full name", "officer name", "surname and other names"), "Otieno Grace",
           clearable=False),
    Column("rank", _("Rank paid"), _("Rank or grade by which the officer is paid."),
           ("rank", "grade", "designation", "job title", "paid rank"), "CPL", clearable=False, choices="ranks"),
    Column("house_allowance_place", _("House allowance place"), _("Place by which house allowance is paid."),
           (*NAMES["house_allowance_place"].aliases, "place", "work station", "station", "duty station"), "Kilifi",
           clearable=False),
)  # fmt: skip


class PayrollReading:
    """One reading of the payroll's list. An officer may come out with more than one difference."""

    def __init__(self, batch: ImportBatch, mapping: dict[str, int]) -> None:
        self.on, self.mapping = batch.on, mapping
        self.ranks = lookups.ranks()
        self.area = units_of(batch, batch.on)
        self.unit_codes = lookups.units(batch.on).codes
        self.seen: set[int] = set()
        self.repeated: dict[int, int] = {}

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        return {
            "service_number": service_number,
            "rank": self.ranks.find,
            "name": lambda cell: name_of(cell, 160),
            "house_allowance_place": lambda cell: name_of(cell, 60),
        }

    def spans(self) -> dict[str, Span]:
        return {}

    def stage(self, block: Block) -> Iterator[Staged]:
        """A line for each difference, or an unchanged one where there is none."""
        numbers = block.values["service_number"]
        names = ["rank", "unit", "house_allowance_place"]
        known = record.on_record(names, [each for each in numbers if each], self.on)
        for index, number in enumerate(numbers):
            standing = known.get(number)
            if standing:
                self.seen.add(standing.pk)
            if index in block.problems:
                yield Staged(index, number or "", Outcome.REJECTED, self._label(block, index))
            elif standing is None or standing.posting is None or self._has_left(standing):
                self._say_why(block, index, standing)
                yield self._staged(block, index, PAID_NOT_POSTED, standing)
            elif self.area is None or standing.values[1] in self.area:
                found = list(self._differences(block, index, standing))
                yield from found or [self._staged(block, index, Outcome.UNCHANGED, standing)]

    def _differences(self, block: Block, index: int, standing: record.OnRecord) -> Iterator[Staged]:
        rank, _unit, place = standing.values
        paid_rank, paid_place = self._given(block, "rank", index), self._given(block, "house_allowance_place", index)
        if paid_rank and paid_rank != rank:
            yield self._staged(block, index, OTHER_RANK, standing, {"rank": paid_rank}, {"rank": rank})
        if paid_place and not place:
            yield self._staged(block, index, PLACE_UNKNOWN, standing, {"house_allowance_place": paid_place})
        elif paid_place and simplified(paid_place) != simplified(place):
            yield self._staged(block, index, OTHER_PLACE, standing, {"house_allowance_place": paid_place},
                               {"house_allowance_place": place})  # fmt: skip

    @staticmethod
    def _say_why(block: Block, index: int, standing: record.OnRecord | None) -> None:
        """Somebody unknown, somebody who left and somebody on the way to a post are three things to look into."""
        if standing is None:
            block.note(index, "no-record")
        elif standing.exited_on is not None:
            block.note(index, "left", day=standing.exited_on)
        else:
            block.note(index, "not-posted")

    @staticmethod
    def _has_left(standing: record.OnRecord) -> bool:
        return standing.exited_on is not None

    @staticmethod
    def _given(block: Block, name: str, index: int) -> Any:
        return block.values[name][index] if name in block.values else None

    def _label(self, block: Block, index: int) -> str:
        return str(self._given(block, "name", index) or "")

    def _staged(
        self, block: Block, index: int, outcome: str, standing: record.OnRecord | None, after: dict[str, Any] | None = None,
        before: dict[str, Any] | None = None,
    ) -> Staged:  # fmt: skip
        label = f"{standing.other_names} {standing.surname}" if standing else self._label(block, index)
        place = self.unit_codes.get(standing.values[1], "") if standing else ""
        if standing is None and after is None:
            after = {name: value for name in ("name", "rank", "house_allowance_place")
                     if (value := self._given(block, name, index))}  # fmt: skip
        number = block.values["service_number"][index]
        return Staged(
            index, number, outcome, label.strip(), place, standing.pk if standing else None, after or {}, before or {}
        )

    def finish(self) -> Iterator[Staged]:
        """Officers posted and not in the payroll's list."""
        for pk, number, other_names, surname, unit in record.all_in_service(self.on):
            if unit is not None and pk not in self.seen and (self.area is None or unit in self.area):
                yield Staged(-1, number, POSTED_NOT_PAID, f"{other_names} {surname}", self.unit_codes.get(unit, ""), pk)

    def summary(self) -> dict[str, Any]:
        return {}


class PayrollComparison(ForAnArea):
    """The payroll's list, compared with postings, ranks and house-allowance places."""

    code = "payroll"
    root = "/payroll/"
    title = _("Payroll comparison")
    explain = _(
        "The payroll's list beside the record. Nothing is written: differences are shown and can be taken away."
    )
    permission = Permission.COMPARE_PAYROLL
    columns = COLUMNS
    key = "service_number"
    outcomes = (
        (PAID_NOT_POSTED, _("Paid and not posted")),
        (POSTED_NOT_PAID, _("Posted and not paid")),
        (OTHER_RANK, _("Paid at another rank")),
        (OTHER_PLACE, _("Paid at another place")),
        (PLACE_UNKNOWN, _("Paid at a place, none on record")),
        (Outcome.UNCHANGED.value, _("Agreeing")),
        (Outcome.REJECTED.value, _("Rejected")),
    )
    compares = (OTHER_RANK, OTHER_PLACE)  # outcomes that show what the record says beside what the list says
    writes: tuple[str, ...] = ()
    sentences = SENTENCES

    def begin(self, batch: ImportBatch, mapping: dict[str, int]) -> PayrollReading:
        """This function will load the catalogues for one reading."""
        return PayrollReading(batch, mapping)

    def apply(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """Errors: RuleBroken always."""
        raise RuleBroken(gettext("A comparison changes nothing; there is nothing to confirm."))

    def stage_undo(self, original: ImportBatch, *, on: date) -> Iterator[Staged]:
        """Errors: RuleBroken always."""
        raise RuleBroken(gettext("A comparison changed nothing; there is nothing to undo."))

    def undo(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """Errors: RuleBroken always."""
        raise RuleBroken(gettext("A comparison changed nothing; there is nothing to undo."))

    def words(self) -> Words:
        """Staged values in words."""
        return Words(COLUMNS, ())

    def choices(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """The lists of the template's drop-downs."""
        return {"ranks": list(Rank.objects.values_list("code", "name_en"))}


PAYROLL = PayrollComparison()
