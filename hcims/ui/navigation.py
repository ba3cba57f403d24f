"""The menu: what stands in it, in which order, and for whom. One list, read top to bottom; nothing registers itself.

An entry shows when its page exists and the reader holds one of its permissions anywhere (no permission: everyone
signed in). What does not fit into one row stands under "More": the order is the order of use. Pages are named by their
URL name only, so the menu imports no module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hcims.access.permissions import Permission as P


@dataclass(frozen=True)
class Entry:
    """A label, the page it leads to, and who sees it."""

    label: str | Promise
    url_name: str
    permissions: frozenset[P] = field(default_factory=frozenset)
    staff_only: bool = False  # pages about one's own record: people from outside have none


@dataclass(frozen=True)
class Link:
    """An entry as drawn for one reader."""

    label: str | Promise
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Menu:
    """The links of one reader: those in the row, and those under "More"."""

    row: list[Link]
    more: list[Link]

    @property
    def whole(self) -> list[Link]:
        return self.row + self.more

    @property
    def more_is_current(self) -> bool:
        return any(link.is_current for link in self.more)


ROW = 10  # links in the row; one more stands there too rather than alone under "More"


def _entry(label: str | Promise, url_name: str, *permissions: P, staff_only: bool = False) -> Entry:
    return Entry(label, url_name, frozenset(permissions), staff_only)


MENU = [
    _entry(_("Home"), "desk:home"),
    _entry(_("Overview"), "deployment:overview", P.SEE_OVERVIEW),
    _entry(_("Units"), "organisation:units", P.SEE_UNITS),
    _entry(_("Officers"), "desk:officers", P.SEE_OFFICERS),
    _entry(_("Establishment"), "organisation:establishment", P.PROPOSE_ESTABLISHMENT, P.APPROVE_ESTABLISHMENT),
    _entry(_("Vacancies"), "deployment:vacancies", P.SEE_OVERVIEW),
    _entry(_("Postings"), "deployment:postings", P.SEE_POSTINGS),
    _entry(_("Transfers"), "transfers:queue", P.PROCESS_TRANSFERS, P.DECIDE_TRANSFERS, P.LIFT_STOPS),
    _entry(_("Advice on transfers"), "transfers:advice", P.ADVISE_TRANSFERS),
    _entry(_("Protected requests"), "transfers:sealed", P.DECIDE_PROTECTED),
    _entry(_("Board of rounds"), "transfers:boards", P.SIT_ON_TRANSFER_BOARD),
    _entry(_("Appeals"), "transfers:appeals", P.NAME_APPEAL_PANEL, P.HEAR_APPEALS),
    _entry(_("Owed to officers"), "transfers:redress", P.NAME_APPEAL_PANEL, P.DECIDE_PROTECTED),
    _entry(_("Rounds of transfers"), "transfers:rounds"),
    _entry(_("Station return"), "deployment:station_returns", P.CONFIRM_STATION),
    _entry(_("My training"), "training:mine", staff_only=True),
    _entry(_("Nominations"), "training:nominations", P.NOMINATE_TRAINEES, P.NOMINATE_ON_PAPER),
    _entry(_("Training"), "training:home", P.SEE_TRAINING, P.RUN_TRAINING, P.NOMINATE_TRAINEES),
    _entry(_("Balance"), "desk:balance", P.SEE_BALANCE),
    _entry(_("Imports"), "imports:imports", P.IMPORT_ROLL, P.CONFIRM_LARGE_IMPORT),
    _entry(_("Payroll"), "payroll:imports", P.COMPARE_PAYROLL),
    _entry(_("Accounts"), "accounts:accounts", P.MANAGE_ACCOUNTS, P.ISSUE_ACTIVATION),
    _entry(_("Appointments"), "accounts:appointments", P.PROPOSE_APPOINTMENT, P.APPROVE_APPOINTMENT, P.SEE_AUDIT),
    _entry(_("Audit"), "audit:events", P.SEE_AUDIT),
    _entry(_("Counselling"), "counselling:cases", P.COUNSEL),
    _entry(_("Custodian's keys"), "counselling:custody", P.KEEP_KEYS),
    _entry(_("Opening of a case"), "counselling:openings", P.REQUEST_OPENING),
    _entry(_("Patterns in transfers"), "transfers:patterns", P.SEE_TRANSFER_PATTERNS),
    _entry(_("Muamko Mpya"), "training:matrix", P.SEE_TRAINING),
    _entry(_("Trained officers"), "training:cover", P.SEE_TRAINING),
    _entry(_("My record"), "desk:me", staff_only=True),
    _entry(_("My transfers"), "transfers:mine", staff_only=True),
    _entry(_("Posting orders"), "transfers:orders", P.SEE_POSTINGS),
    _entry(_("Due to move"), "transfers:due", P.PROCESS_TRANSFERS, P.ADVISE_TRANSFERS),
    _entry(_("Requests on paper"), "transfers:paper", P.PROCESS_TRANSFERS),
    _entry(_("Put a move forward"), "transfers:propose", P.ADVISE_TRANSFERS, P.PROCESS_TRANSFERS),
    _entry(_("My results"), "transfers:results", staff_only=True),
    _entry(_("Skills gap"), "deployment:skills_gap", P.SEE_OVERVIEW),
    _entry(_("Forecast"), "deployment:forecast", P.SEE_OVERVIEW),
    _entry(_("Rank mix"), "deployment:rank_mix", P.SEE_OVERVIEW),
    _entry(_("Corrections asked for"), "personnel:corrections", P.DECIDE_CORRECTIONS),
    _entry(_("Skills to check"), "personnel:skills_to_check", P.VERIFY_SKILLS),
    _entry(pgettext_lazy("phone", "Notes"), "counselling:phone", P.LOG_CONTACTS),  # neutral, as on the phone
    _entry(_("Counselling cover"), "counselling:cover", P.LEAD_WELLBEING, P.SEE_OVERVIEW),
    _entry(_("Counselling offices"), "counselling:offices", P.LEAD_WELLBEING),
    _entry(_("Peer supporters"), "counselling:supporters", P.LEAD_WELLBEING),
    _entry(_("Me as a supporter"), "counselling:my_profile", P.LOG_CONTACTS),
    _entry(_("Welfare"), "counselling:welfare", P.LEAD_WELLBEING, P.RECORD_WELFARE),
    _entry(_("Critical incidents"), "counselling:incidents", P.LEAD_WELLBEING, P.RECORD_WELFARE),
    _entry(_("Help in figures"), "counselling:trends", P.LEAD_WELLBEING),
    _entry(_("Case readings"), "counselling:readings", P.LEAD_WELLBEING),
    _entry(_("Jobs"), "jobs:jobs", P.MANAGE_SETTINGS),
    _entry(_("Messages"), "notify:messages", P.MANAGE_SETTINGS),
]

# Behind the reader's own name.
ACCOUNT_MENU = [
    _entry(_("My account"), "accounts:account"),
    _entry(_("Notices"), "notify:notices"),
    _entry(_("My letters"), "letters:letters"),
    _entry(_("Who opened my file"), "desk:readers", staff_only=True),
]

# At the foot of every page.
FOOT_MENU = [
    _entry(_("Help"), "desk:help"),
    _entry(_("Transfers in the open"), "transfers:open"),
    _entry(_("Somebody to talk to"), "counselling:now"),
    _entry(_("Help in figures"), "counselling:trends"),
    _entry(_("Reference data"), "admin:index", P.EDIT_REFERENCE),
    _entry(_("Status"), "status:status", P.MANAGE_SETTINGS),
]


def url_of(name: str) -> str:
    """The address of a page without arguments, or nothing when the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def links_for(user: Any, entries: list[Entry], *, on: date, path: str = "") -> list[Link]:
    """The entries this reader may follow; the one that `path` lies under is marked (the longest address wins)."""
    found = [(entry, url_of(entry.url_name)) for entry in entries if _shows(entry, user, on)]
    found = [(entry, url) for entry, url in found if url]
    under = [url for _entry, url in found if path == url or (url != "/" and path.startswith(url))]
    current = max(under, key=len, default="")
    return [Link(entry.label, url, is_current=bool(current) and url == current) for entry, url in found]


def menu_for(user: Any, *, on: date, path: str = "") -> Menu:
    """The menu of this reader."""
    links = links_for(user, MENU, on=on, path=path)
    row = ROW if len(links) > ROW + 1 else len(links)
    return Menu(links[:row], links[row:])


def _shows(entry: Entry, user: Any, on: date) -> bool:
    if entry.staff_only and getattr(user, "kind", "") == "outside":
        return False
    return not entry.permissions or any(user.can(each, on=on) for each in entry.permissions)
