"""Who may take off a second factor."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from accounts.second_factor import STRONG, is_compulsory
from hcims.errors import RuleBroken

SOURCE = "HCIMS rule C-1: every role but officer and applicant compels a second factor"


def check_can_remove(factor: Authenticator, *, on: date) -> None:
    """Errors: RuleBroken when a role compels a second factor and this is the last one."""
    if not is_compulsory(factor.user, on):
        return
    if not Authenticator.objects.filter(user=factor.user, type__in=STRONG).exclude(pk=factor.pk).exists():
        raise RuleBroken(_("Your role compels a second factor. Add another before you remove this one."), SOURCE)
