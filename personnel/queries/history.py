"""What changed on a record: before and after, when, by whom and on what paper, from the histories of its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.access.permissions import Permission as P
from hcims.encryption import EncryptedTextField
from hcims.ui.parts import Change
from personnel.actions.members import IDENTITY
from personnel.models import (
    Commendation,
    CourseAttended,
    Dependant,
    DisciplineRecord,
    NextOfKin,
    Officer,
    QualificationHeld,
    RankHolding,
    SkillHeld,
    Spouse,
)

# Columns that say nothing to a reader of changes.
QUIET = {
    "id", "ref", "officer", "national_id_index", "kra_pin_index", "checked_by", "checked_at", "submitted_at", "entered_by",
    "evidence", "voided_at", "history_id", "history_date", "history_change_reason", "history_type", "history_user",
}  # fmt: skip
# What columns are called where people enter them; the rest is called as its table calls it.
LABELS = {
    "national_id": _l("National ID"), "kra_pin": _l("KRA PIN"), "phone": _l("Telephone"), "bank_name": _l("Bank"),
    "personal_email": _l("E-mail of his or her own"), "bank_branch": _l("Branch"), "bank_account": _l("Account number"),
    "house_allowance_place": _l("Place for house allowance"), "photo": _l("Photograph"), "source": _l("Paper it rests on"),
    "starts_on": _l("From"), "ends_on": _l("Until"), "start_known": _l("Start known"), "expires_on": _l("Lapses on"),
    "spent_on": _l("Stops counting on"), "exited_on": _l("Left on"), "exit_reason": _l("Reason"), "kind": _l("Who"),
    "in_service": _l("Service number, if in the service"), "ended_on": _l("No longer true from"),
    "void_reason": _l("What was wrong"), "check_note": _l("Note to the officer"), "has_disability": _l("Has a disability"),
    "school_county": _l("County of the school"), "authority": _l("Paper it rests on"), "exit_authority": _l("Paper it rests on"),
}  # fmt: skip
# Table, the name of its entries, who may see them.
TABLES: list[tuple[Any, Any, P]] = [
    (RankHolding, _l("Rank"), P.SEE_FILE),
    (SkillHeld, _l("Skill"), P.SEE_FILE),
    (QualificationHeld, _l("Qualification"), P.SEE_FILE),
    (CourseAttended, _l("Course"), P.SEE_FILE),
    (Commendation, _l("Commendation"), P.SEE_COMMENDATIONS),
    (DisciplineRecord, _l("Discipline case"), P.SEE_DISCIPLINE),
    (NextOfKin, _l("Next of kin"), P.SEE_FAMILY),
    (Spouse, _l("Spouse"), P.SEE_FAMILY),
    (Dependant, _l("Dependant"), P.SEE_FAMILY),
]


@dataclass(frozen=True)
class Entry:
    """One change of one row of the record."""

    at: datetime
    what: str
    by: str
    paper: str
    changes: list[Change]


def changes_of(officer: Officer, permissions: frozenset[P]) -> list[Entry]:
    """Every change the reader may see, the latest first. One query a table."""
    hidden = frozenset() if P.SEE_IDENTITY in permissions else IDENTITY
    entries = _entries(Officer.history.filter(id=officer.pk), _l("Record"), Officer, hidden)  # type: ignore[attr-defined]
    for model, name, permission in TABLES:
        if permission in permissions:
            entries += _entries(model.history.filter(officer_id=officer.pk), name, model, frozenset())
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _entries(rows: Any, name: Any, model: type[Model], hidden: Iterable[str]) -> list[Entry]:
    fields = [each for each in rows.model._meta.get_fields() if each.name not in QUIET and each.name not in hidden]
    joined = [each.name for each in fields if each.is_relation]
    found: list[Entry] = []
    before: dict[int, Any] = {}
    for row in rows.select_related("history_user", *joined).order_by("history_date", "history_id"):
        previous = before.get(row.id)
        changes = _changes(fields, model, previous, row)
        if changes or row.history_type == "-" or previous is None:
            found.append(_entry(row, name, changes, is_new=previous is None))
        before[row.id] = row
    return found


def _entry(row: Any, name: Any, changes: list[Change], *, is_new: bool) -> Entry:
    kinds = {"+": _("%(entry)s entered"), "~": _("%(entry)s changed"), "-": _("%(entry)s taken back")}
    what = kinds["+" if is_new else row.history_type] % {"entry": name}
    by = row.history_user.full_name if row.history_user else _("import or system")
    return Entry(row.history_date, what, by, row.history_change_reason or "", changes)


def _changes(fields: list[Any], model: type[Model], before: Any, after: Any) -> list[Change]:
    changes = []
    for field in fields:
        was, now = _words(field, before), _words(field, after)
        if was != now:
            own = model._meta.get_field(field.name)
            label = LABELS.get(field.name) or _(str(own.verbose_name).capitalize())  # type: ignore[union-attr]
            changes.append(Change(str(label), was, now))
    return changes


def _photograph(number: str, name: str) -> Any:
    """A link to the photograph of that time; the file's name would tell a reader nothing."""
    address = f"{reverse('desk:photo', args=[number])}?{urlencode({'former': PurePosixPath(name).name})}"
    return format_html('<a href="{}">{}</a>', address, _("photograph"))


def former_photograph(officer: Officer, file: str) -> str | None:
    """The stored name of a photograph that the record has or had, by the name of its file."""
    held = officer.history.exclude(photo="").values_list("photo", flat=True)  # type: ignore[attr-defined]
    return next((name for name in {*held, officer.photo.name or ""} if name and PurePosixPath(name).name == file), None)


def _words(field: Any, row: Any) -> Any:
    if row is None:
        return None
    value = getattr(row, field.name)
    if value in (None, ""):
        return None
    if isinstance(field, EncryptedTextField):
        return value
    if field.name == "in_service":
        return value.service_number  # the name of somebody who may serve out of the reader's reach is not told
    if field.name == "photo":
        return _photograph(row.service_number, value)
    if field.choices:
        return _(str(dict(field.flatchoices).get(value, value)))
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value
