"""The nominal roll as a kind of import (`IMPORT_KINDS`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from deployment.import_rights import ForAnArea
from deployment.models import Duty, Posting
from deployment.roll import apply as writing
from deployment.roll import undo as undoing
from deployment.roll.columns import COLUMNS, FULL_NAME, INDEXED, SEALED
from deployment.roll.later import history_reason
from deployment.roll.readers import Tables
from deployment.roll.reading import RollReading
from deployment.sentences import SENTENCES
from deployment.shown import Words
from hcims.access.permissions import Permission
from hcims.imports.kinds import LIST_OUTCOMES, Staged
from hcims.imports.models import ImportBatch, Outcome
from organisation.models import County, Qualification, Rank, Service, Skill, Unit
from personnel.models import Member, Officer, QualificationHeld, RankHolding, Sex, SkillHeld


class NominalRoll(ForAnArea):
    """Who is in the service, where, in which rank and post."""

    code = "roll"
    title = _("Nominal roll")
    explain = _(
        "Every officer with rank, unit and post, as on one day. New officers are entered, differences are shown cell by "
        "cell, officers who are not in the file are only listed. An officer shown at another unit is not moved: the "
        "difference is listed to be resolved. Civilian members have the word Civilian in place of a rank."
    )
    permission = Permission.IMPORT_ROLL
    columns = (*COLUMNS, FULL_NAME)
    key = "service_number"
    unique = INDEXED  # two rows with the same are both in doubt
    outcomes = (*LIST_OUTCOMES[:2], (Outcome.ELSEWHERE.value, Outcome.ELSEWHERE.label), *LIST_OUTCOMES[2:])
    writes = ("new", "changed", "elsewhere")
    compares = ("elsewhere",)
    sentences = SENTENCES

    def begin(self, batch: ImportBatch, mapping: dict[str, int]) -> RollReading:
        """This function will load the catalogues for one reading."""
        return RollReading(batch, mapping)

    def apply(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will write the accepted rows. Errors: Stale."""
        return writing.apply(batch, by=by, at=at, step=step)

    def stage_undo(self, original: ImportBatch, *, on: date) -> Iterator[Staged]:
        """What undoing would do to each row."""
        return undoing.stage(original)

    def undo(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will put back what nobody has touched since. Errors: Stale."""
        return undoing.undo(batch, by=by, at=at, step=step)

    def still_so(self, applied: ImportBatch) -> bool:
        """Whether the record says what it said when this import was applied: nobody wrote, no catalogue changed.

        Every writing of these tables leaves history; the import's own bears its reference.
        """
        if applied.counts.get("catalogues") != Tables(applied.on).digest():
            return False
        return not any(
            model.history.filter(history_date__gte=applied.applied_at)  # type: ignore[attr-defined]
            .exclude(history_change_reason=history_reason(applied.on, applied.ref))
            .exists()
            for model in (Officer, Posting, RankHolding, SkillHeld, QualificationHeld)
        )

    def widths_on_record(self) -> dict[str, set[int]]:
        """Lengths of the service numbers on record: how many zeros a spreadsheet may have dropped."""
        from django.db.models.functions import Length

        lengths = Officer.objects.annotate(length=Length("service_number")).values_list("length", flat=True).distinct()
        return {"service_number": set(lengths[:20])}

    def as_listed(self, after: dict[str, Any]) -> dict[str, Any]:
        """What a staged row of a new member keeps under other names than the list: days of arrival and rank, civilian."""
        found = {
            column: after[f"{kept}_from"] if after[f"{kept}_known"] else _("unknown")
            for column, kept in (("arrived_on", "posting"), ("rank_on", "rank"))
            if after.get(f"{kept}_step") == "enter"
        }
        return found | {"rank": Member.CIVILIAN.label} if after.get("member") == Member.CIVILIAN else found

    def words(self) -> Words:
        """Staged values in words."""
        return Words(COLUMNS, SEALED)

    def choices(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """The lists of the template's drop-downs."""
        return {
            "units": list(Unit.objects.open_on(on).order_by("code").values_list("code", "name")),
            "members": [*Rank.objects.values_list("code", "name_en"), ("Civilian", str(Member.CIVILIAN.label))],
            "ranks": list(Rank.objects.values_list("code", "name_en")),
            "duties": list(Duty.objects.values_list("code", "name_en")),
            "skills": list(Skill.objects.filter(in_use=True).values_list("code", "name_en")),
            "qualifications": list(Qualification.objects.values_list("code", "name_en")),
            "counties": list(County.objects.order_by("name").values_list("name", "code")),
            "service": [(each.value, str(each.label)) for each in Service],
            "sex": [(each.value, str(each.label)) for each in Sex],
        }


ROLL = NominalRoll()
