"""One account for each role, and commanders' appointments by virtue of their posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import Appointment, AppointmentState, User, UserKind
from desk.demo.plan import PASSWORD
from hcims.access.roles import ROLES
from organisation.models import Unit
from personnel.models import Officer

PAPER = "Demonstration gazette 1"
SECOND = ", second"  # what needs two people needs two sign-ins to be tried
THIRD = ", third"  # and an appeal is heard by two, neither of whom sat on the board before
FURTHER = {"-2": SECOND, "-3": THIRD}

OUTSIDE = {
    "npsc-commissioner": ("commissioner@npsc.example", "Commissioner Zawadi Tumaini", "NPS"),
    "npsc-commissioner-2": ("commissioner.two@npsc.example", "Commissioner Baraka Imani", "NPS"),
    "system-administrator": ("admin@hcims.example", "Neema Mtandao", "NPS"),
    "auditor": ("auditor@hcims.example", "Haki Mkaguzi", "NPS"),
    "auditor-2": ("auditor.two@hcims.example", "Kweli Mkaguzi", "NPS"),
    "board-member": ("board@hcims.example", "Busara Mwamuzi", "NPS"),
    "board-member-2": ("board.two@hcims.example", "Hekima Mwamuzi", "NPS"),
    "board-member-3": ("board.three@hcims.example", "Adili Mwamuzi", "NPS"),
    "panel-member": ("panel@hcims.example", "Uwazi Mteuzi", "NPS"),
    "custodian": ("custodian@hcims.example", "Amana Mlinzi", "NPS"),
    "protection-authority": ("protection@npsc.example", "Salama Mlezi", "NPS"),
}
# Role, the code of the unit it is held at, and the unit among whose officers the holder is found.
SERVING = [
    ("inspector-general", "NPS", "NPS"),
    ("inspector-general-office", "NPS", "NPS-HQ"),
    ("deputy-inspector-general", "NPS", "KPS-HQ"),
    ("deputy-inspector-general-office", "NPS", "APS-HQ"),
    ("director-dci", "DCI", "DCI"),
    ("director-dci-office", "DCI", "DCI"),
    ("hr-officer", "NPS", "NPS-HQ"),
    ("regional-commander", "R-NAIROBI", "R-NAIROBI"),
    ("county-commander", "C-047", "C-047"),
    ("formation-commander", "GSU", "GSU"),
    ("commandant", "NPC-KIG", "NPC-KIG"),
    ("training-officer", "NPC-KIG", "NPC-KIG"),
    ("training-director", "NPS", "NPS-HQ"),
    ("training-office", "NPS", "NPS-HQ"),
    ("rollout-coordinator", "R-NAIROBI", "R-NAIROBI"),
    ("counsellor", "C-047", "C-047"),
    ("wellbeing-lead", "NPS", "NPS-HQ"),
]


@dataclass(frozen=True)
class SignIn:
    """A line of what `make demo` prints."""

    role: str
    login: str
    unit: str


def outsiders(at: datetime) -> dict[str, User]:
    """This function will open the accounts of people from outside the service; the first papers need them."""
    users = {}
    for code, (login, name, _) in OUTSIDE.items():
        user = User(login=login, email=login, kind=UserKind.OUTSIDE, full_name=name, opened_at=at, activated_at=at)
        user.set_password(PASSWORD)
        user.save()
        users[code] = user
    return users


def store(users: dict[str, User], *, on: date, at: datetime) -> list[SignIn]:
    """This function will appoint one person to each role and return what to print."""
    units = {each.code: each for each in Unit.objects.all()}
    appoint = _Appointer(users, on, at)
    printed = []
    for code, (login, _, unit) in OUTSIDE.items():
        role = code if code in ROLES else code[:-2]
        appoint(users[code], role, units[unit])
        name = ROLES[role].name + FURTHER.get(code[len(role) :], "")
        printed.append(SignIn(name, login, units[unit].name))
    taken: set[int] = set()
    station = _busiest_station(units["C-047"])
    chain = [("station-commander", station)]
    for code, up in (("ward-commander", "ward"), ("subcounty-commander", "sub-county")):
        chain.append((code, _above(station, up)))
    serving = [(role, units[at_], units[among]) for role, at_, among in SERVING]
    serving += [(role, unit, unit) for role, unit in chain]
    serving += [("peer-supporter", station, station), ("officer", station, station)]
    for role, unit, among in serving:
        officer = _someone(
            among, taken, senior=role not in ("peer-supporter", "officer", "counsellor", "training-officer")
        )
        user = account(officer, at, PASSWORD)
        if role != "officer":
            appoint(user, role, unit)
        printed.append(SignIn(ROLES[role].name, user.login, among.name if role == "officer" else unit.name))
    _commanders(appoint, at)
    order = list(ROLES)
    names = {ROLES[code].name: order.index(code) for code in order}
    return sorted(printed, key=lambda each: names[each.role.removesuffix(SECOND).removesuffix(THIRD)])


class _Appointer:
    """Appoints with two people, neither of them the appointee."""

    def __init__(self, users: dict[str, User], on: date, at: datetime) -> None:
        self.pairs = [users["system-administrator"], users["npsc-commissioner"], users["npsc-commissioner-2"]]
        self.on, self.at = on, at

    def __call__(self, user: User, role: str, unit: Unit) -> None:
        proposed_by, decided_by = [each for each in self.pairs if each != user][:2]
        Appointment.objects.create(
            user=user, role=role, unit=unit, starts_on=date(self.on.year - 1, 1, 1), authority=PAPER,
            by_virtue_of_post=ROLES[role].by_virtue_of_post and role != "deputy-inspector-general",
            state=AppointmentState.APPROVED, proposed_by=proposed_by, proposed_at=self.at, decided_by=decided_by,
            decided_at=self.at,
        )  # fmt: skip


def account(officer: Officer, at: datetime, password: str | None = None) -> User:
    """This function will open an officer's account, with the demonstration's password or without any."""
    user = officer.user
    if user is not None and (password is None or user.has_usable_password()):
        return user
    if user is None:
        user = User(login=officer.service_number, kind=UserKind.OFFICER, full_name=officer.full_name, opened_at=at)
    if password:
        user.set_password(password)
        user.activated_at = at
    else:
        user.set_unusable_password()
    user.save()
    officer.user = user
    Officer.objects.filter(pk=officer.pk).update(user=user)
    return user


def _someone(unit: Unit, taken: set[int], *, senior: bool) -> Officer:
    holders = Officer.objects.filter(unit=unit).exclude(pk__in=taken).select_related("user")
    officer = holders.order_by("rank__order" if senior else "-rank__order", "service_number").first()
    if officer is None:
        raise RuntimeError(f"the invented service has nobody left at {unit.code}")
    taken.add(officer.pk)
    return officer


def _busiest_station(county: Unit) -> Unit:
    from django.db.models import Count

    return (
        Unit.objects.filter(type="station", above__ancestor=county)
        .annotate(people=Count("officers"))
        .order_by("-people")[0]
    )


def _above(unit: Unit, kind: str) -> Unit:
    return Unit.objects.get(below__descendant=unit, below__ends_on__isnull=True, type=kind, line="territorial")


COMMANDS = {
    "region": "regional-commander",
    "county": "county-commander",
    "sub-county": "subcounty-commander",
    "station": "station-commander",
    "formation": "formation-commander",
    "training": "commandant",
}


def _commanders(appoint: Any, at: datetime) -> None:
    """The most senior officer of each command holds it by virtue of the post, with an account not yet activated."""
    taken = set(Appointment.objects.filter(role__in=COMMANDS.values()).values_list("unit_id", flat=True))
    units = {each.pk: each for each in Unit.objects.filter(type__in=COMMANDS).exclude(pk__in=taken).exclude(line="dci")}
    heads: dict[int, Officer] = {}
    officers = Officer.objects.filter(unit__in=units, rank__order__lte=10, user__isnull=True).order_by("rank__order")
    for officer in officers.select_related("unit", "user"):
        heads.setdefault(officer.unit_id or 0, officer)
    for pk, officer in heads.items():
        appoint(account(officer, at), COMMANDS[units[pk].type], units[pk])
