"""Who may do what with an import, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from hcims.imports.kinds import ImportKind, kind_of
from hcims.imports.models import BatchState, ImportBatch


def reaches(by: Any, kind: ImportKind, area: str, *, on: date, permission: Permission | None = None) -> bool:
    """Whether the person holds the kind's permission, or the one given, over the area of a list."""
    if by is None:
        return True  # the shell of the machine itself
    areas = kind.areas_of(by, on=on, permission=permission)
    return areas is None or (area != "" and area in areas)


def check_can_upload(by: Any, kind: ImportKind, area: str, list_on: date, *, on: date) -> None:
    """Errors: NotAllowed outside one's area, RuleBroken for a list from the future."""
    if not reaches(by, kind, area, on=on):
        raise NotAllowed(_("You may import lists of your own area only."))
    if list_on > on:
        raise RuleBroken(_("The day of the list is in the future. Give the day on which it was true."))


def check_can_work(by: Any, batch: ImportBatch, *, on: date) -> None:
    """Errors: NotAllowed when the person may not import in this area."""
    if not reaches(by, kind_of(batch.kind), batch.area, on=on):
        raise NotAllowed(_("You may import lists of your own area only."))


def check_can_confirm(by: Any, batch: ImportBatch, *, on: date) -> None:
    """Errors: NotAllowed, RuleBroken when there is nothing to confirm or another list is being applied."""
    check_can_work(by, batch, on=on)
    _check_can_be_applied(batch)
    _check_is(batch, BatchState.READY)


def _check_is(batch: ImportBatch, state: BatchState) -> None:
    """Somebody else, or the same person in another window, was quicker."""
    if batch.state != state:
        raise RuleBroken(
            _(
                "There is nothing to confirm any more: the list is “%(state)s” by now. Open it again to see how it stands."
            )
            % {"state": batch.get_state_display()}
        )


def _check_can_be_applied(batch: ImportBatch) -> None:
    if not kind_of(batch.kind).writes:
        raise RuleBroken(_("A comparison changes nothing; there is nothing to confirm."))
    other = ImportBatch.objects.filter(kind=batch.kind, state=BatchState.APPLYING).exclude(pk=batch.pk).first()
    if other:
        raise RuleBroken(
            _("%(who)s is applying another list of this kind at this moment (%(ref)s). Wait until it is done.")
            % {"who": other.confirmed_by or _("The system"), "ref": other.ref}
        )


def check_can_be_second(by: Any, batch: ImportBatch, *, on: date) -> None:
    """Errors: NotAllowed for the first person again, or without the permission for large imports over this area."""
    if by.pk == batch.confirmed_by_id:
        raise NotAllowed(_("The second person cannot be the one who confirmed it first."))
    if not reaches(by, kind_of(batch.kind), batch.area, on=on, permission=Permission.CONFIRM_LARGE_IMPORT):
        raise NotAllowed(_("A large import is confirmed by someone with the permission for it."))
    _check_can_be_applied(batch)
    _check_is(batch, BatchState.SECOND)


def may_be_second(by: Any, batch: ImportBatch, *, on: date) -> bool:
    """Whether the person could say the second word on an import that waits for it."""
    if batch.state != BatchState.SECOND or by.pk == batch.confirmed_by_id:
        return False
    return reaches(by, kind_of(batch.kind), batch.area, on=on, permission=Permission.CONFIRM_LARGE_IMPORT)


def check_can_undo(by: Any, batch: ImportBatch, *, on: date) -> None:
    """Errors: NotAllowed, RuleBroken when it was not applied, is undone already, or is itself an undoing."""
    check_can_work(by, batch, on=on)
    if batch.state != BatchState.APPLIED or batch.undoes_id:
        raise RuleBroken(_("Only a list that was applied can be undone."))
    if batch.pruned_at:
        raise RuleBroken(
            _("The rows of this import were removed on %(day)s, as its time for undoing had run out. Correct the records "
              "themselves, or import a mended list.") % {"day": timezone.localdate(batch.pruned_at).isoformat()}
        )  # fmt: skip
    if ImportBatch.objects.filter(undoes=batch, state__in=ImportBatch.OPEN).exists():
        raise RuleBroken(_("Somebody is undoing this import already."))


def may_be_undone(batch: ImportBatch) -> bool:
    """Whether it was applied, wrote something, and its staged rows are still there to go back by."""
    is_applied = batch.state == BatchState.APPLIED and not batch.undoes_id
    return is_applied and bool(kind_of(batch.kind).writes) and batch.pruned_at is None


def changes(batch: ImportBatch) -> int:
    """How many rows a confirmation would write."""
    outcomes = batch.counts.get("outcomes", {})
    written = ("restore", "remove", "void") if batch.undoes_id else kind_of(batch.kind).writes
    return sum(outcomes.get(each, 0) for each in written)


def needs_second(batch: ImportBatch, *, on: date) -> bool:
    """Whether a second person must confirm: the number of changes is above the limit of the day."""
    return changes(batch) > kind_of(batch.kind).second_person_above(on)
