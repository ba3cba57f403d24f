"""The register of supporters as the lead of an area sees it, the own profile, and the public directory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Appointment, AppointmentState
from counselling.models import LAPSES_SOON, Supervision, Supporter, SupporterTraining
from hcims.access.permissions import Permission
from hcims.access.roles import roles_with
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import County, Unit
from organisation.queries import below, in_scope, units_visible_to

SERVING, TRAINED, LAPSING, LAPSED, ENDED = "serving", "trained", "lapsing", "lapsed", "ended"


def visible_to(user: Any, *, on: date) -> QuerySet[Supporter]:
    """Supporters of the areas that the user leads."""
    scope = user.scope(Permission.LEAD_WELLBEING, on=on)
    return Supporter.objects.filter(in_scope(scope, on=on)).select_related("user", "unit", "county", "command")


def access_supporter(user: Any, ref: str, *, on: date) -> Supporter:
    """One supporter of an area that the user leads. Errors: NotFound, the same for one that does not exist."""
    found = visible_to(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def described(found: QuerySet[Supporter], *, on: date) -> QuerySet[Any]:
    """With the day until which training counts, the last and the next supervision, and whether contacts can be logged."""
    may_log = Appointment.objects.filter(
        in_force(on),
        user=OuterRef("user"),
        state=AppointmentState.APPROVED,
        role__in=roles_with(Permission.LOG_CONTACTS),
    )
    trained = Q(trainings__trained_on__lte=on)
    return found.annotate(
        trained_until=Max("trainings__expires_on", filter=trained),
        supervised_on=Max("supervisions__held_on"),
        next_supervision=Max("supervisions__next_on"),
        may_log=Exists(may_log),
    )


def in_tab(found: QuerySet[Any], tab: str, *, on: date) -> QuerySet[Any]:
    """Those of one tab of the register; `found` is described."""
    serving = found.filter(in_force(on))
    if tab == TRAINED:
        return serving.filter(trained_until__gt=on)
    if tab == LAPSING:
        return serving.filter(trained_until__gt=on, trained_until__lte=on + LAPSES_SOON)
    if tab == LAPSED:
        return serving.filter(Q(trained_until__lte=on) | Q(trained_until__isnull=True))
    return found.filter(ends_on__lte=on) if tab == ENDED else found.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def matching(found: QuerySet[Any], *, words: str = "", county: str = "", unit: str = "", on: date) -> QuerySet[Any]:
    """Those that the filters ask for; `unit` is the code of one, with all below it."""
    if unit:
        found = found.filter(unit__in=below(Unit.objects.filter(code=unit).values_list("pk", flat=True), on))
    for word in words.split():
        found = found.filter(Q(user__full_name__icontains=word) | Q(user__login__istartswith=word))
    return found.filter(county__code=county) if county else found


def own_profile(user: Any, *, on: date) -> Supporter | None:
    """The user's own line on the register while it is in force."""
    return (
        Supporter.objects.in_force(on)  # type: ignore[return-value]
        .filter(user=user)
        .select_related("user", "county", "unit", "command")
        .first()
    )


def trainings_of(supporter: Supporter) -> list[SupporterTraining]:
    """The courses passed, the one that counts longest first."""
    return list(supporter.trainings.all())


def supervisions_of(supporter: Supporter) -> list[Supervision]:
    """The last six times of supervision."""
    return list(supporter.supervisions.all()[:6])


def units_for(user: Any, *, on: date) -> QuerySet[Unit]:
    """Units in the areas that the user leads."""
    return units_visible_to(user, on=on, permission=Permission.LEAD_WELLBEING)


def commands(*, on: date) -> list[Unit]:
    """Commands that a supporter can belong to: regions, counties, formations, institutions and headquarters."""
    types = ["headquarters", "region", "county", "formation", "training"]
    return list(Unit.objects.open_on(on).filter(type__in=types).order_by("name"))


def counties() -> list[County]:
    """The 47 counties by name."""
    return list(County.objects.order_by("name"))


def directory_rows(*, on: date) -> list[dict[str, Any]]:
    """What the published supporters chose to have shown, one statement; each is a plain dictionary."""
    found = Supporter.objects.published(on).annotate(  # type: ignore[attr-defined]
        command_code=Coalesce(F("command__code"), F("unit__code")), command_name=F("command__name")
    )
    return list(
        found.order_by("county__code", "shown_name", "ref").values(
            "ref", "shown_name", "sex", "languages", "telephone", "shows_command", "availability", "county__code",
            "command_code", "command_name", has_key=~Q(call_key=""),
        )
    )  # fmt: skip
