"""Family facts: next of kin, spouses, children and other dependants. Ended when they no longer hold, never deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from personnel import policies
from personnel.models import Dependant, NextOfKin, Officer, Spouse, keep

FamilyFact = NextOfKin | Spouse | Dependant
KINDS: dict[str, type[FamilyFact]] = {"next-of-kin": NextOfKin, "spouse": Spouse, "dependant": Dependant}


def _check(officer: Officer, paper: str, by: Any, at: datetime) -> None:
    on = timezone.localdate(at)
    policies.check_can_edit(by, officer, paper=paper, on=on)
    policies.check_holds(by, Permission.SEE_FAMILY, officer, on)


@action
def record_family_fact(
    *, officer: Officer, kind: str, facts: dict[str, Any], ref: str = "", paper: str, by: Any, at: datetime
) -> FamilyFact:
    """This function will add a family fact of the kind (a key of KINDS), or change the one called `ref`.

    Errors: NotAllowed, RuleBroken (a spouse in service who is the officer; a fact that is gone).
    """
    _check(officer, paper, by, at)
    model = KINDS[kind]
    if ref:
        fact = model.objects.filter(officer=officer, ref=ref, ended_on__isnull=True).first()
        if fact is None:
            raise RuleBroken(_("This entry has been ended by somebody else."), source="family facts")
    else:
        fact = model(officer=officer)
    for name, value in facts.items():
        setattr(fact, name, value)
    if isinstance(fact, Spouse) and fact.in_service_id == officer.pk:
        raise RuleBroken(_("An officer is not his or her own spouse."), source="family facts")
    keep(fact, by=by, paper=paper, at=at)
    details = {"family": kind, "entry": fact.ref}
    trail.record(Event.OFFICER_CHANGED, target=officer, by=by, at=at, source=paper, details=details)
    return fact


@action
def end_family_fact(*, fact: FamilyFact, ended_on: date, paper: str, by: Any, at: datetime) -> FamilyFact:
    """This function will end a family fact that no longer holds. Errors: NotAllowed, RuleBroken."""
    _check(fact.officer, paper, by, at)
    if fact.ended_on is not None:
        raise RuleBroken(_("This entry has been ended by somebody else."), source="family facts")
    fact.ended_on = ended_on
    keep(fact, by=by, paper=paper, at=at)
    details = {"family": fact._meta.model_name, "ended": fact.ref}
    trail.record(Event.OFFICER_CHANGED, target=fact.officer, by=by, at=at, source=paper, details=details)
    return fact
