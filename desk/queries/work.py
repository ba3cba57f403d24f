"""My work: the queues that wait for the reader, each with its count, the age of its oldest row, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, AppointmentState
from deployment.queries import discrepancies, ledger, stations
from hcims.access.permissions import Permission as P
from hcims.imports import queries as imports
from hcims.imports.kinds import all_kinds
from hcims.ui.navigation import url_of
from hcims.ui.waiting import Queue, told_to
from organisation.models import EstablishmentLine, Unit, VersionState
from organisation.queries import in_scope
from organisation.queries.versions import versions_visible_to
from personnel.models import Officer
from personnel.queries import correction_queue, corrections_of, own_record_or_none, skills_to_check
from training.queries import home as training
from training.queries import waits
from transfers.queries import appeals, board, redress
from transfers.queries import queue as transfers


def _days(first: Any, at: datetime) -> int | None:
    if first is None:
        return None
    return (at - first).days if isinstance(first, datetime) else (timezone.localdate(at) - first).days


def _queue(title: str, rows: QuerySet[Any], url: str, at: datetime, *, since: str, why: str) -> Queue | None:
    if not url:
        return None
    first = rows.order_by().aggregate(first=Min(since))["first"]
    return Queue(title, rows.count(), url, _days(first, at), why)


def _corrections(user: Any, on: date, at: datetime) -> Queue | None:
    rows = correction_queue(user, on=on)
    return _queue(_("Corrections asked for"), rows, url_of("personnel:corrections"), at, since="asked_at",
                  why=_("an officer waits for the answer"))  # fmt: skip


def _claims(user: Any, on: date, at: datetime) -> Queue | None:
    rows = skills_to_check(user, on=on)
    return _queue(_("Skills to check"), rows, url_of("personnel:skills_to_check"), at, since="submitted_at",
                  why=_("somebody has to look at the certificate"))  # fmt: skip


def _appointments(user: Any, on: date, at: datetime) -> Queue | None:
    scope = user.scope(P.APPROVE_APPOINTMENT, on=on)
    rows = (
        Appointment.objects.filter(in_scope(scope, on=on), state=AppointmentState.PROPOSED)
        .exclude(user=user)
        .exclude(proposed_by=user)
    )
    url = url_of("accounts:appointments")
    return _queue(_("Appointments to decide"), rows, url, at, since="proposed_at", why=_("needs a second person"))


def _versions(user: Any, on: date, at: datetime) -> Queue | None:
    scope = user.scope(P.APPROVE_ESTABLISHMENT, on=on)
    rows = versions_visible_to(user, on=on).filter(in_scope(scope, on=on), state=VersionState.SUBMITTED)
    url = url_of("organisation:establishment")
    return _queue(_("Establishment versions to decide"), rows.exclude(drafted_by=user), f"{url}?state=submitted" if url else "",
                  at, since="drafted_at", why=_("needs a second person"))  # fmt: skip


def _versions_of_mine(user: Any, on: date, at: datetime) -> Queue | None:
    rows = versions_visible_to(user, on=on).filter(state=VersionState.RETURNED, drafted_by=user)
    url = url_of("organisation:establishment")
    found = _queue(_("Establishment versions sent back to me"), rows, f"{url}?state=returned" if url else "", at,
                   since="decided_at", why=_("the reason stands on the version"))  # fmt: skip
    return found if found and found.count else None


def _orders(user: Any, on: date, at: datetime) -> Queue | None:
    rows = ledger.orders_overdue(ledger.orders_visible_to(user, on=on), on)
    url = url_of("deployment:postings")
    return _queue(_("Arrivals overdue"), rows, f"{url}?show=overdue" if url else "", at, since="report_by",
                  why=_("no arrival return has come"))  # fmt: skip


def _station_returns(user: Any, on: date, at: datetime) -> Queue | None:
    url = url_of("deployment:station_returns")
    if not url:
        return None
    count = stations.units_to_confirm(user, on=on).filter(is_confirmed=False).count()
    return Queue(
        _("Station lists to confirm this month"), count, f"{url}?show=waiting", None,
        _("the station's commander says who is here"),
    )  # fmt: skip


def _answers(user: Any, on: date, at: datetime) -> Queue | None:
    rows = stations.lines_to_resolve(user, on=on)
    return _queue(_("Answers from stations to deal with"), rows, url_of("deployment:answers"), at,
                  since="station_return__confirmed_at", why=_("gone, new or wrong on a station's list"))  # fmt: skip


def _discrepancies(user: Any, on: date, at: datetime) -> Queue | None:
    rows = discrepancies.to_resolve(user, on=on)
    return _queue(_("Officers a roll shows elsewhere"), rows, url_of("deployment:discrepancies"), at,
                  since="opened_at", why=_("no roll moves anybody: say what is right"))  # fmt: skip


def _imports_to_confirm(user: Any, on: date, at: datetime) -> Queue | None:
    url = url_of("imports:imports")
    return _queue(_("Large imports to confirm"), imports.waiting_for_second(user, on=on), f"{url}?show=second" if url else "",
                  at, since="confirmed_at", why=_("needs a second person"))  # fmt: skip


def _imports_of_mine(user: Any, on: date, at: datetime) -> Queue | None:
    url = url_of("imports:imports")
    rows = imports.waiting_for_uploader(user).filter(
        kind__in=[each.code for each in all_kinds() if each.root == "/imports/"]
    )
    return _queue(_("Lists I uploaded that wait for me"), rows, f"{url}?show=mine" if url else "", at,
                  since="uploaded_at", why=_("to be answered, or looked at and confirmed"))  # fmt: skip


def _to_advise(user: Any, on: date, at: datetime) -> Queue | None:
    rows = transfers.at_my_pen(user, on=on).filter(state="advice")
    return _queue(_("Transfers to advise on"), rows, url_of("transfers:advice"), at, since="waits_since",
                  why=_("your command is asked first"))  # fmt: skip


def _to_decide(user: Any, on: date, at: datetime) -> Queue | None:
    rows = transfers.at_my_pen(user, on=on).filter(state="decision")
    return _transfers(_("Transfers to decide"), rows, "mine", at, _("you hold the pen"))


def _to_review(user: Any, on: date, at: datetime) -> Queue | None:
    rows = transfers.in_queue(user, on=on).filter(transfers.parts(user, on=on)["review"])
    found = _transfers(_("Emergency moves to review"), rows, "review", at, _("decided at once, reviewed afterwards"))
    return found if found and found.count else None  # the chain of approval says which offices review at all


def _stuck(user: Any, on: date, at: datetime) -> Queue | None:
    rows = transfers.in_queue(user, on=on).filter(transfers.parts(user, on=on)["stuck"])
    return _transfers(_("Transfers that are stuck"), rows, "stuck", at, _("longer at one pen than the rule says"))


def _to_publish(user: Any, on: date, at: datetime) -> Queue | None:
    rows = transfers.in_queue(user, on=on).filter(state="approved")
    return _transfers(_("Approved transfers to publish"), rows, "approved", at, _("no order is out yet"))


def _transfers(title: str, rows: QuerySet[Any], show: str, at: datetime, why: str) -> Queue | None:
    url = url_of("transfers:queue")
    return _queue(title, rows, f"{url}?show={show}" if url else "", at, since="waits_since", why=why)


def _owed(user: Any, on: date, at: datetime) -> Queue | None:
    found = _queue(_("Owed to officers after appeals and reviews"), redress.open_ones(user, on=on), url_of("transfers:redress"),
                   at, since="owed_at", why=_("stays here until an order or a round has given it"))  # fmt: skip
    return found if found and found.count else None


def _appeals_to_name(user: Any, on: date, at: datetime) -> Queue | None:
    return _queue(_("Appeals that wait for a panel"), appeals.to_name(user, on=on), url_of("transfers:appeals"), at,
                  since="lodged_at", why=_("nobody hears them before they are named"))  # fmt: skip


def _appeals_to_hear(user: Any, on: date, at: datetime) -> Queue | None:
    return _queue(_("Appeals you were named to hear"), appeals.to_hear(user), url_of("transfers:appeals"), at,
                  since="lodged_at", why=_("the officer waits for the panel"))  # fmt: skip


def _boards(user: Any, on: date, at: datetime) -> Queue | None:
    return _queue(_("Rounds before their board"), board.waiting_for(user), url_of("transfers:boards"), at,
                  since="frozen_at", why=_("computed, and neither accepted nor varied yet"))  # fmt: skip


def _to_sign(user: Any, on: date, at: datetime) -> Queue | None:
    return _queue(_("Rounds to publish"), board.waiting_for_signature(user), url_of("transfers:rounds"), at,
                  since="accepted_at", why=_("accepted by the board"))  # fmt: skip


def _sealed(user: Any, on: date, at: datetime) -> Queue | None:
    rows = transfers.sealed_queue(user, on=on).filter(state="decision")
    return _queue(_("Protected requests"), rows, url_of("transfers:sealed"), at, since="waits_since",
                  why=_("seen by nobody else"))  # fmt: skip


QUEUES: list[tuple[P, Callable[[Any, date, datetime], Queue | None]]] = [
    (P.DECIDE_CORRECTIONS, _corrections),
    (P.VERIFY_SKILLS, _claims),
    (P.APPROVE_APPOINTMENT, _appointments),
    (P.APPROVE_ESTABLISHMENT, _versions),
    (P.PROPOSE_ESTABLISHMENT, _versions_of_mine),
    (P.SEE_POSTINGS, _orders),
    (P.CONFIRM_STATION, _station_returns),
    (P.RECORD_POSTINGS, _answers),
    (P.RECORD_POSTINGS, _discrepancies),
    (P.CONFIRM_LARGE_IMPORT, _imports_to_confirm),
    (P.IMPORT_ROLL, _imports_of_mine),
    (P.ADVISE_TRANSFERS, _to_advise),
    (P.DECIDE_TRANSFERS, _to_decide),
    (P.DECIDE_TRANSFERS, _to_review),
    (P.PROCESS_TRANSFERS, _stuck),
    (P.PROCESS_TRANSFERS, _to_publish),
    (P.PROCESS_TRANSFERS, _owed),
    (P.NAME_APPEAL_PANEL, _appeals_to_name),
    (P.HEAR_APPEALS, _appeals_to_hear),
    (P.SIT_ON_TRANSFER_BOARD, _boards),
    (P.SIGN_ROUNDS, _to_sign),
    (P.DECIDE_PROTECTED, _sealed),
    (P.DECIDE_PROTECTED, _owed),
]


def queues_of(user: Any, *, on: date, at: datetime) -> list[Queue]:
    """The reader's queues, those with something in them first. A constant number of queries."""
    found = [make(user, on, at) for permission, make in QUEUES if user.can(permission, on=on)]
    found += told_to(user, on=on, at=at)
    if any(user.can(each, on=on) for each in training.WORKERS):
        found += [Queue(each.title, each.count, each.url, each.days, each.why)
                  for each in training.waiting_for(user, on=on, at=at)]  # fmt: skip
    return sorted((queue for queue in found if queue), key=lambda queue: queue.count == 0)


@dataclass(frozen=True)
class Mine:
    """What waits about the reader himself or herself."""

    waiting: list[Any]
    has_record: bool
    lapsing: list[Any] = field(default_factory=list)  # own skills whose certificate is about to lapse


def mine(user: Any, *, on: date) -> Mine:
    """The reader's own requests that wait for somebody else, and own certificates about to lapse."""
    officer = own_record_or_none(user)
    if officer is None:
        return Mine([], has_record=False)
    asked = [each for each in corrections_of(officer) if each.state == "asked"]
    return Mine(asked, has_record=True, lapsing=waits.own_lapsing(officer, on=on))


def first_steps(user: Any, *, on: date) -> Iterator[tuple[str, str]]:
    """What to do first in an empty system, for those who may do it."""
    steps = [
        (P.EDIT_UNITS, Unit.objects.all()[1:2], _("Open the units of the command tree"), "desk:open_unit"),
        (P.PROPOSE_ESTABLISHMENT, EstablishmentLine.objects.all()[:1], _("Enter the authorised posts"),
         "organisation:establishment"),
        (P.IMPORT_ROLL, Officer.objects.all()[:1], _("Import the nominal roll"), "imports:imports"),
    ]  # fmt: skip
    for permission, rows, words, name in steps:
        if user.can(permission, on=on) and not rows.exists() and (url := url_of(name)):
            yield words, url
