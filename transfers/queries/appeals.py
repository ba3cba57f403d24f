"""Who sees an appeal: its officer, its panel, who names panels, and the desk that carries out a remedy.

In a protected matter, who names the panel sees that an appeal waits and since when, and nothing else of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Appointment, User
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import Unit
from organisation.queries import in_scope
from transfers.models import Appeal, AppealState, Award, PanelMember, Remedy, RoundRun, RunKind
from transfers.policies import appeals as policies

AT_HAND = (
    "officer__user", "officer__rank", "officer__unit", "request__from_unit", "request__to_unit", "request__decided_by",
    "request__officer__user", "award__participation__round__rule_book", "award__participation__from_unit",
    "award__participation__officer__user", "award__participation__rank", "award__to_unit", "award__varied_to",
    "decided_by", "rerun", "carried_out_by",
)  # fmt: skip
OPEN = (AppealState.LODGED, AppealState.HEARING)
OWED = (Remedy.NEXT_VACANCY, Remedy.PRIORITY, Remedy.STAY)


def visible_to(user: Any, on: date) -> QuerySet[Appeal]:
    """The appeals that the user may see on the day."""
    seen = Q(officer__user=user) | Q(Exists(PanelMember.objects.filter(appeal=OuterRef("pk"), user=user)))
    if policies.may_name(user, on=on):
        seen |= Q(officer__isnull=False) & ~Q(officer__user=user)
    return Appeal.objects.filter(seen | to_carry_out(user, on=on))


def to_carry_out(user: Any, *, on: date) -> Q:
    """A filter for remedies that the user's HR desk has still to carry out."""
    scope = user.scope(Permission.PROCESS_TRANSFERS, on=on)
    matter = Q(state=AppealState.UPHELD, remedy__in=OWED) & ~Q(request__is_protected=True)
    return in_scope(scope, on=on, field="officer__unit") & matter & ~Q(officer__user=user)


def access_appeal(user: Any, ref: str, on: date) -> Appeal:
    """The appeal of that reference. Errors: NotFound, the same whether it is absent or another's."""
    found = visible_to(user, on).select_related(*AT_HAND).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


@dataclass(frozen=True)
class Reading:
    """How much of an appeal a reader is shown."""

    is_own: bool
    is_panel: bool
    names: bool  # names the panel
    carries_out: bool
    sees_matter: bool  # the officer, the words, the paper


def reading(user: Any, appeal: Appeal, *, on: date) -> Reading:
    """What this reader is shown of an appeal that he or she may see."""
    is_own = appeal.officer.user_id == user.pk
    is_panel = appeal.panel.filter(user=user).exists()
    names = not is_own and policies.may_name(user, on=on)
    unit = appeal.officer.unit
    desk = not is_own and not appeal.is_sealed and unit is not None
    carries_out = bool(
        desk and appeal.state == AppealState.UPHELD and user.can(Permission.PROCESS_TRANSFERS, at=unit, on=on)
    )
    return Reading(is_own, is_panel, names, carries_out, is_own or is_panel or (names and not appeal.is_sealed))


def listed_for(user: Any, *, on: date) -> QuerySet[Appeal]:
    """The appeals on the reader's desk: those of others."""
    rows = visible_to(user, on).exclude(officer__user=user).select_related("officer__rank", "request", "award")
    return rows.annotate(members=Count("panel"))


def readable(user: Any, keys: Iterable[int | None], *, on: date) -> set[int]:
    """Those of the appeals with these keys whose page the user opens. One query."""
    return set(visible_to(user, on).filter(pk__in=[each for each in keys if each]).values_list("pk", flat=True))


def to_name(user: Any, *, on: date) -> QuerySet[Appeal]:
    """The appeals whose panel the user may name and nobody has named yet."""
    return visible_to(user, on).filter(state=AppealState.LODGED).exclude(officer__user=user)


def to_hear(user: Any) -> QuerySet[Appeal]:
    """The appeals before a panel that the user sits on."""
    return Appeal.objects.filter(state=AppealState.HEARING, panel__user=user)


def own(user: Any) -> QuerySet[Appeal]:
    """The reader's own appeals, the latest first."""
    return Appeal.objects.filter(officer__user=user).order_by("-lodged_at")


def candidates(appeal: Appeal, *, on: date) -> list[User]:
    """Those who may hear this appeal: they sit on appeal boards, and had no hand in the matter."""
    hearing = [code for code, role in ROLES.items() if Permission.HEAR_APPEALS in role.permissions]
    rows = Appointment.objects.filter(in_force(on), role__in=hearing, state="approved", user__is_active=True)
    people = {each.user.pk: each.user for each in rows.select_related("user").order_by("user__full_name")}
    hands = policies.involved(appeal)
    return [each for each in people.values() if not policies.why_not(each, appeal, hands=hands, on=on)]


def namers(*, on: date) -> list[User]:
    """Those who name panels on the day."""
    naming = [code for code, role in ROLES.items() if Permission.NAME_APPEAL_PANEL in role.permissions]
    rows = Appointment.objects.filter(in_force(on), role__in=naming, state="approved", user__is_active=True)
    return list({each.user.pk: each.user for each in rows.select_related("user")}.values())


def outcomes(*, year: int | None = None) -> QuerySet[Appeal]:
    """The decided appeals as everyone reads them; protected matters are not among them, not even without a name."""
    rows = Appeal.objects.filter(state__in=[AppealState.UPHELD, AppealState.DISMISSED]).exclude(
        request__is_protected=True
    )
    rows = rows.filter(decided_at__year=year) if year else rows
    return rows.only("ground", "state", "remedy", "public_outcome", "decided_at", "lodged_at").order_by("-decided_at")


def award_to_appeal(user: Any, ref: str) -> Award:
    """The reader's own award. Errors: NotFound."""
    rows = Award.objects.select_related("participation__round", "participation__officer__user")
    found = rows.filter(ref=ref, participation__officer__user=user).first()
    if found is None:
        raise NotFound(ref)
    return found


def reruns(appeal: Appeal) -> QuerySet[RoundRun]:
    """The runs that the panel asked for."""
    return RoundRun.objects.filter(kind=RunKind.APPEAL, changes__appeal=appeal.ref).select_related("made_by")


def heard_by(user: Any) -> set[int]:
    """The keys of the appeals whose panel the user sits on."""
    return set(PanelMember.objects.filter(user=user).values_list("appeal", flat=True))


def with_changes(appeal: Appeal) -> list[tuple[RoundRun, list[tuple[str, str, str]]]]:
    """The runs of a panel, each with who would change by pseudonym: from where, to where, in names."""
    found = [(run, (run.summary or {}).get("changed", [])) for run in reruns(appeal)]
    refs = {each[side] for _run, changed in found for each in changed for side in ("was", "would")}
    codes = {ref.split("/")[0] for ref in refs}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    words = {ref: ", ".join([names.get(ref.split("/")[0], ref), *ref.split("/")[1:]]) for ref in refs}
    return [
        (run, [(each["officer"], words[each["was"]], words[each["would"]]) for each in changed])
        for run, changed in found
    ]


def closed_places(appeal: Appeal) -> dict[str, str]:
    """The places that a rule closed to the officer, by their references."""
    if appeal.award is None:
        return {}
    refs = [each["place"] for each in appeal.award.explanation.get("choices", ()) if each["code"] == "not_eligible"]
    names = dict(Unit.objects.filter(code__in={ref.split("/")[0] for ref in refs}).values_list("code", "name"))
    return {ref: names.get(ref.split("/")[0], ref) for ref in refs}


def places_of(appeal: Appeal) -> list[Unit]:
    """The places that the officer asked for in what the appeal is against, in order."""
    if appeal.request is not None:
        return [each.unit for each in appeal.request.places.select_related("unit").order_by("position")]
    if appeal.award is None:
        return []
    codes = [each["place"].split("/")[0] for each in appeal.award.explanation.get("choices", ())]
    units = {each.code: each for each in Unit.objects.filter(code__in=codes)}
    return [units[code] for code in dict.fromkeys(codes) if code in units]
