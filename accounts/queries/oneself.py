"""What a person reads about his or her own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from accounts.models import Appointment, AppointmentState, DataUse, PhoneChange, PhoneChangeState, SignInRuleCode, User
from accounts.queries.rules import number
from hcims.access.roles import ROLES, Role
from hcims.errors import NotFound


@dataclass(frozen=True)
class Held:
    """One appointment as its holder reads it."""

    role: Role | None
    name: str
    unit: str
    starts_on: date
    ends_on: date | None
    authority: str


@dataclass(frozen=True)
class MonthOfData:
    """How much was sent to somebody in one month, in megabytes."""

    month: date
    megabytes: float


def appointments_of(user: User, *, on: date) -> list[Held]:
    """What the person is appointed to, now or from a later day."""
    found = Appointment.objects.filter(user=user, state=AppointmentState.APPROVED).exclude(ends_on__lte=on)
    return [
        Held(ROLES.get(each.role), each.role_name, each.unit.name, each.starts_on, each.ends_on, each.authority)
        for each in found.select_related("unit").order_by("starts_on", "pk")
    ]


def data_used(user: User, *, on: date, months: int = 6) -> list[MonthOfData]:
    """What was sent to the person, by month, the present one first; at most `months` of them."""
    rows = (
        DataUse.objects.filter(user=user, day__lte=on)
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(total=Sum("sent"))
        .order_by("-month")[:months]
    )
    return [MonthOfData(row["month"], row["total"] / 1_000_000) for row in rows]


def data_used_this_month(user: User, *, on: date) -> float:
    """Megabytes sent to the person since the first of the month."""
    sent = DataUse.objects.filter(user=user, day__gte=on.replace(day=1), day__lte=on).aggregate(total=Sum("sent"))[
        "total"
    ]
    return (sent or 0) / 1_000_000


def waiting_phone_change(user: User) -> PhoneChange | None:
    """The change of number that has not counted yet."""
    return PhoneChange.objects.filter(user=user, state=PhoneChangeState.WAITING).first()


def own_phone_change(user: User, ref: str) -> PhoneChange:
    """One's own change of number. Errors: NotFound."""
    change = PhoneChange.objects.filter(user=user, ref=ref).first()
    if change is None:
        raise NotFound(ref)
    return change


def phone_wait_hours(*, on: date) -> int:
    """Hours that a changed number waits."""
    return number(SignInRuleCode.PHONE_WAIT, on=on)


def masked(phone: str) -> str:
    """ "+254712345678" as "+254 ••• ••• 678": enough to know one's own number, too little to call it."""
    return f"{phone[:4]} ••• ••• {phone[-3:]}" if phone else ""
