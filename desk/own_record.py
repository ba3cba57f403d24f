"""Everything the service holds on one person, as that person takes it away: the same content for machine and for paper.

Source: Data Protection Act 2019, s.26 (access) and s.38 (portability).
"""

from __future__ import annotations

import base64
from datetime import date, datetime
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accounts.models import AppointmentState
from accounts.queries.accounts import appointments_of
from deployment.queries.record import said_of
from desk.queries import openings
from desk.queries.officer_file import family_of, learning_of, orders_of, postings_of, ranks_of
from hcims.letters.blocks import Block, Draft, facts, heading, initials, paragraph, table
from hcims.letters.kinds import LetterKind
from hcims.ui.parts import chosen
from personnel.forms.requests import section_label
from personnel.models import Officer, OfficerBackground
from personnel.queries import OWN_READS, corrections_of, retirement_of, retirement_rules
from personnel.queries.entries import cases_of, commendations_of
from personnel.queries.history import Entry, changes_of
from training.queries.record import record_of as training_of
from transfers.queries.record import record_of as transfers_of

LETTER = LetterKind("own-record", _l("Copy of one's own record"), series="own-record", kept=False)
FORMAT = "hcims.own-record/1"
WIDEST = 8  # columns that fit on paper
Record = dict[str, Any]


def record_of(officer: Officer, *, at: datetime) -> Record:
    """The whole record as plain values; lists of flat objects, days as ISO text when written."""
    return {
        "format": FORMAT,
        "taken_at": at,
        "person": _person(officer),
        "contact_and_bank": _contact(officer),
        "ranks": [
            {"rank": str(each.rank), "from": each.starts_on, "until": each.ends_on, "from_known": each.start_known,
             "authority": each.authority}
            for each in ranks_of(officer)
        ],
        "postings": [
            {"kind": chosen(each.get_kind_display()), "unit": each.unit.name, "unit_code": each.unit.code, "duty": str(each.duty),
             "from": each.starts_on, "until": each.ends_on, "from_known": each.start_known, "order": each.order_reference}
            for each in postings_of(officer)
        ],
        **_learning(officer),
        **training_of(officer),
        **_offices(officer),
        **_conduct(officer),
        **_family(officer),
        "background": _background(officer),
        "orders": [
            {"number": each.number, "from": each.from_unit.name if each.from_unit else "", "to": each.to_unit.name,
             "issued_on": each.issued_on, "report_by": each.report_by, "state": chosen(each.get_state_display()),
             "reason": each.reason}
            for each in orders_of(officer)
        ],
        **said_of(officer),
        **(transfers_of(officer.user) if officer.user else {}),
        "corrections": [
            {"about": str(section_label(each.section)), "wrong": each.what_is_wrong, "should_be": each.should_be,
             "asked_at": each.asked_at, "state": chosen(each.get_state_display()), "answer": each.answer}
            for each in corrections_of(officer)
        ],
        "changes": [
            {"at": each.at, "what": each.what, "by": each.by, "paper": each.paper, "before_and_after": _before_and_after(each)}
            for each in changes_of(officer, OWN_READS)
        ],
        "opened_by": [
            {"at": each.at, "office": each.office, "purpose": str(each.purpose), "part": str(each.part_label)}
            for each in openings.of(officer, at=at)
        ],
    }  # fmt: skip


def _offices(officer: Officer) -> Record:
    """What the person was ever appointed to; a proposal is not told before it is decided."""
    held = appointments_of(officer.user).filter(state=AppointmentState.APPROVED) if officer.user else ()
    return {
        "appointments": [
            {"role": str(each.role_name), "unit": each.unit.name, "from": each.starts_on, "until": each.ends_on,
             "authority": each.authority}
            for each in held
        ]
    }  # fmt: skip


def _before_and_after(entry: Entry) -> str:
    return "; ".join(f"{each.label}: {words(each.was)} → {words(each.now)}" for each in entry.changes)


def _person(officer: Officer) -> Record:
    retirement = retirement_of(officer, retirement_rules())
    return {
        "service_number": officer.service_number,
        "surname": officer.surname,
        "other_names": officer.other_names,
        "member": chosen(officer.get_member_display()),
        "service": chosen(officer.get_service_display()) if officer.service else "",
        "rank": str(officer.rank or ""),
        "unit": officer.unit.name if officer.unit else "",
        "sex": chosen(officer.get_sex_display()),
        "born_on": officer.born_on,
        "enlisted_on": officer.enlisted_on,
        "contract_ends_on": officer.contract_ends_on,
        "home_county": str(officer.home_county or ""),
        "house_allowance_place": officer.house_allowance_place,
        "retires_on": retirement.on if retirement else None,
        "retirement_rule": retirement.rule.legal_basis if retirement else "",
        "left_on": officer.exited_on,
        "photograph": officer.photo,
    }


def for_machine(record: Record) -> Record:
    """The record for JSON, with the photograph's own bytes in it. Shape: base64, as in a data address."""
    photo = record["person"]["photograph"]
    shown = "data:image/jpeg;base64," + base64.b64encode(photo.read()).decode() if photo else ""
    return record | {"person": record["person"] | {"photograph": shown}}


def _contact(officer: Officer) -> Record:
    names = ("national_id", "kra_pin", "phone", "personal_email", "bank_name", "bank_branch", "bank_account")
    return {name: getattr(officer, name) for name in names}


def _learning(officer: Officer) -> Record:
    held = learning_of(officer)
    return {
        "skills": [
            {"skill": str(each.skill), "level": each.level, "acquired_on": each.acquired_on, "lapses_on": each.expires_on,
             "state": chosen(each.get_state_display()), "paper": each.source, "note": each.check_note}
            for each in held["skills"]
        ],
        "qualifications": [
            {"qualification": str(each.qualification), "subject": each.subject, "institution": each.institution,
             "year": each.year, "state": chosen(each.get_state_display()), "paper": each.source}
            for each in held["qualifications"]
        ],
        "courses": [
            {"course": each.title, "institution": each.institution, "from": each.starts_on, "until": each.ends_on,
             "result": each.result, "state": chosen(each.get_state_display()), "paper": each.source}
            for each in held["courses"]
        ],
    }  # fmt: skip


def _conduct(officer: Officer) -> Record:
    return {
        "commendations": [
            {"commendation": each.title, "awarded_on": each.awarded_on, "awarded_by": each.awarded_by, "paper": each.source}
            for each in commendations_of(officer)
        ],
        "discipline": [
            {"charge": each.charge, "opened_on": each.opened_on, "state": chosen(each.get_state_display()),
             "closed_on": each.closed_on, "punishment": each.punishment, "stops_counting_on": each.spent_on}
            for each in cases_of(officer)
        ],
    }  # fmt: skip


def _family(officer: Officer) -> Record:
    facts_held = family_of(officer)
    return {
        "next_of_kin": [
            {"name": each.name, "relationship": each.relationship, "phone": each.phone} for each in facts_held["next_of_kin"]
        ],
        "spouses": [
            {"name": each.name, "in_service": each.in_service.service_number if each.in_service else "",
             "workplace": each.workplace, "county": str(each.county or "")}
            for each in facts_held["spouses"]
        ],
        "dependants": [
            {"who": chosen(each.get_kind_display()), "name": each.name, "sex": chosen(each.get_sex_display()),
             "born_on": each.born_on, "school": each.school,
             "school_county": str(each.school_county or ""), "has_disability": each.has_disability}
            for each in facts_held["dependants"]
        ],
    }  # fmt: skip


def _background(officer: Officer) -> Record:
    said = OfficerBackground.objects.filter(officer=officer).first()
    if said is None or said.consented_on is None:
        return {}
    return {"ethnicity": said.ethnicity, "has_disability": said.has_disability, "consented_on": said.consented_on}


SPELT = {"national_id": _l("National ID"), "kra_pin": _l("KRA PIN")}


def label(name: str) -> str:
    """The name of a value in words."""
    return str(SPELT.get(name) or _(name.replace("_", " ").capitalize()))


def words(value: Any) -> str:
    """A value as it stands on paper."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, FieldFile):
        return _("on record; it is in the copy for a machine") if value else "–"
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value)


def letter(officer: Officer, record: Record, *, language: str) -> Draft:
    """The record as a letter to its owner."""
    return Draft(
        title=_("Copy of your record"),
        blocks=[
            paragraph(_("This is everything the service holds on you in this system on the day of this letter.")),
            paragraph(
                _(
                    "Moments are those of Nairobi. What passes between a counsellor and whoever comes is sealed "
                    "from the service, and no part of this copy."
                )
            ),
        ]
        + [
            block
            for name, value in record.items()
            if name not in ("format", "taken_at")
            for block in _blocks(name, value)
        ],
        to=[officer.full_name, officer.service_number, officer.unit.name if officer.unit else ""],
        initials=initials(officer.full_name),
        about=officer.ref,
        recipient=officer.user,
        language=language,
    )


def _blocks(name: str, value: Any) -> list[Block]:
    if isinstance(value, dict):
        rows = [(label(key), words(each)) for key, each in value.items()]
        return [heading(label(name)), facts(rows) if rows else paragraph(_("Nothing on record."))]
    if not value:
        return [heading(label(name)), paragraph(_("Nothing on record."))]
    columns = list(value[0])
    if len(columns) > WIDEST:
        return [heading(label(name)), *(facts(_filled(each)) for each in value)]
    lines = [[words(each[column]) for column in columns] for each in value]
    return [heading(label(name)), table([label(column) for column in columns], lines)]


def _filled(entry: Record) -> list[tuple[str, str]]:
    """Too wide for a table: one under the other, without what is empty."""
    return [(label(key), words(value)) for key, value in entry.items() if value not in (None, "")]
