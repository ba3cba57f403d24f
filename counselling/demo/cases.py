"""Invented keys and cases: three custodians, two counsellors, a handful of cases, and the passphrase that opens them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils import timezone

from accounts.models import Appointment, AppointmentState, User, UserKind
from counselling import vouching
from counselling.actions import cases as actions
from counselling.actions import keys as key_actions
from counselling.case_access import access_case
from counselling.demo.sealing import CaseSecret, Holder, seal
from counselling.models import CounsellingOffice
from counselling.policies.cases import Share, Written
from hcims.periods import in_force
from personnel.models import Officer

PASSPHRASE = "baobab drum at the quiet ford 47"  # noqa: S105 - of invented people, printed with their sign-ins
BODIES = ("ipoa", "knchr", "caj")
PAPER = "Demonstration gazette 1"
KEYS_AGO, FIRST_CASE_AGO = timedelta(days=70), timedelta(days=63)
WAITED = ("week", "today", "fortnight", "week", "month")
CASES = [
    ("misty lagoon 31", "Sleeps badly since the attack on the patrol base.", "Woke at three again. Walked it through.", 5),
    ("calm baobab 64", "Debts, and quarrels at home about them.", "Made a list of what is owed. Comes with his wife next.", 3),
    ("early harbour 18", "Lost a colleague in March.", "Spoke of the funeral for the first time.", 4),
    ("tall acacia 92", "Drinks to sleep.", "AUDIT 19. Agreed to two days without.", 2),
    ("silver ridge 55", "Afraid of the new posting.", "Talked about what helped at the last one.", 1),
]  # fmt: skip


def make(people: dict[str, User], chance: random.Random, *, on: date, at: datetime) -> str:
    """This function will make keys and cases and return what to print: who opens what, with which passphrase."""
    custodians = _custodians(people["custodian"], at - KEYS_AGO)
    users = _counsellors(people["counsellor"], on, at)
    counsellors = [
        _counsellor(user, custodians, at - KEYS_AGO + timedelta(days=number)) for number, user in enumerate(users)
    ]
    officers = list(Officer.objects.filter(user=None).order_by("service_number")[:400])
    office = CounsellingOffice.objects.filter(in_force(on)).order_by("pk").first()
    steps: list[tuple[datetime, Callable[[], object]]] = []
    for number, (told, about) in enumerate(zip(CASES, chance.sample(officers, len(CASES)), strict=True)):
        holder = counsellors[0] if number < 4 else counsellors[1]
        begun = at - FIRST_CASE_AGO + timedelta(days=number, hours=number)
        steps += _case(told, about, holder, custodians, office, at=begun, until=at)
    for _moment, step in sorted(steps, key=lambda each: each[0]):  # the case log is written in the order of time
        step()
    lines = [
        *((f"Custodian, {body.upper()}", each) for body, each in zip(BODIES, custodians, strict=True)),
        *(("Counsellor", each) for each in counsellors),
    ]
    rows = "\n".join(f"  {role:<52} {each.user.login:<32} {each.user.full_name}" for role, each in lines)
    said = f"\nCounselling keys (passphrase of each: {PASSPHRASE})\n{rows}"
    kept_at().write_text(said + "\n", encoding="utf-8")  # printed with the sign-ins each time
    return f"Cases: {len(CASES)}, sealed to two counsellors' keys and shared among three custodians"


def _custodians(first: User, at: datetime) -> list[Holder]:
    """Three custodians of three bodies, and the file with their fingerprints."""
    names = [("custodian.two@hcims.example", "Wema Mlinzi"), ("custodian.three@hcims.example", "Hekima Mlinzi")]
    users = [first, *(_outsider(login, name, first, at) for login, name in names)]
    made = [Holder(user, PASSPHRASE, signing=ec.generate_private_key(ec.SECP256R1())) for user in users]
    pins = [vouching.fingerprint(each.signing_key, each.recipient) for each in made]
    path = Path(settings.CUSTODIAN_PINS_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Custodians of the demonstration\n" + "\n".join(pins) + "\n", encoding="utf-8")
    for body, each in zip(BODIES, made, strict=True):
        each.pins = pins
        each.key = key_actions.make_custodian_key(
            body=body, signing_key=each.signing_key, recipient=each.recipient, **each.locked(), by=each.user, at=at
        )
    return made


def _outsider(login: str, name: str, like: User, at: datetime) -> User:
    """Somebody from outside the service with the demonstration's password and the offices of `like`."""
    user = User.objects.create(
        login=login,
        email=login,
        kind=UserKind.OUTSIDE,
        full_name=name,
        opened_at=at,
        activated_at=at,
        password=like.password,
    )
    for held in Appointment.objects.filter(user=like, state=AppointmentState.APPROVED):
        held.pk, held.user, held.ref = None, user, Appointment._meta.get_field("ref").get_default()
        held.save(force_insert=True)
    return user


def _counsellors(first: User, on: date, at: datetime) -> list[User]:
    """The counsellor of the demonstration and a second one at the same unit."""
    return [first, _outsider("counsellor.two@hcims.example", "Faraja Msikilizaji", first, at)]


def _counsellor(user: User, custodians: list[Holder], at: datetime) -> Holder:
    """A counsellor's key, signed by two custodians."""
    holder = Holder(user, PASSPHRASE, pins=custodians[0].pins)
    key = key_actions.propose_key(recipient=holder.recipient, **holder.locked(), by=user, at=at)
    for custodian in custodians[:2]:
        key_actions.sign_key(
            key=key, signature=custodian.signature(key), by=custodian.user, at=at + timedelta(hours=1)
        )  # fmt: skip
    return holder


def _case(
    told: tuple[str, str, str, int],
    about: Officer,
    holder: Holder,
    custodians: list[Holder],
    office: CounsellingOffice | None,
    *,
    at: datetime,
    until: datetime,
) -> list[tuple[datetime, Callable[[], object]]]:
    """The steps of one case with its sessions, a week apart, each with its moment."""
    pseudonym, presenting, words, sessions = told
    secret, by = CaseSecret(), holder.user
    face = {"name": about.full_name, "service_number": about.service_number, "contact": "", "presenting": presenting}
    pairs = zip(custodians, [*custodians[1:], custodians[0]], strict=True)
    opened = partial(
        actions.open_case,
        ref=secret.ref,
        pseudonym=pseudonym,
        office=office,
        recipient=secret.recipient,
        waited=WAITED[sessions % len(WAITED)],
        review_due_on=timezone.localdate(until) + timedelta(days=3 * sessions),
        wrapped=seal(secret.content, holder.recipient),
        lookup=holder.mark(about.service_number),
        face=Written(*secret.text("face", by.ref, _stamp(at), face)),
        shares=[
            Share(outer.key.ref, inner.key.ref, secret.share(outer.recipient, inner.recipient))
            for outer, inner in pairs
        ],
        by=by,
        at=at,
    )
    days = [at + timedelta(days=7 * number, hours=number) for number in range(sessions)]
    return [
        (at, opened),
        *((held_at, partial(_session, secret, by, words, held_at, held_at == at)) for held_at in days),
    ]


def _session(secret: CaseSecret, by: User, words: str, held_at: datetime, is_first: bool) -> None:
    """One session with its note."""
    session = CaseSecret().ref
    actions.enter_session(
        grant=access_case(by, secret.ref, at=held_at),
        ref=session,
        kind="intake" if is_first else "individual",
        on=timezone.localdate(held_at),
        minutes=50,
        mode="in-person",
        note=Written(*secret.text("note", by.ref, _stamp(held_at), {"text": words}, session=session)),
        by=by,
        at=held_at,
    )


def _stamp(at: datetime) -> str:
    """A moment as browsers write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def kept_at() -> Path:
    """Where the passphrase is kept, to be printed with the sign-ins."""
    return Path(settings.VAR_DIR) / "demo-counselling.txt"
