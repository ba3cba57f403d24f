"""Roles and permissions in words, from the tables of code that enforce them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.access.roles import ROLES, Role, roles_with
from organisation.models import UnitType


@dataclass(frozen=True)
class RoleInWords:
    """One role as a person reads it."""

    code: str
    name: str
    description: str
    permissions: list[Permission]
    reach: str
    held_at: str
    second_factor: bool
    privileged: bool
    by_virtue: bool
    stands_alone: bool


@dataclass(frozen=True)
class PermissionInWords:
    """One permission, what it opens, and who has it."""

    code: str
    meaning: str
    roles: list[tuple[str, str]]


def roles_in_words() -> list[RoleInWords]:
    """Every role, in the order in which they are written."""
    return [_role(role) for role in ROLES.values()]


def _role(role: Role) -> RoleInWords:
    return RoleInWords(
        role.code,
        _(role.name),
        _(role.description),
        [each for each in Permission if each in role.permissions],
        _reach(role),
        _held_at(role),
        role.second_factor,
        role.is_privileged,
        role.by_virtue_of_post,
        role.stands_alone,
    )


def _reach(role: Role) -> str:
    if not role.permissions:
        return _("oneself alone")
    return _("its unit and all below") if role.reach == "tree" else _("its unit only")


def _held_at(role: Role) -> str:
    if not role.permissions:
        return _("no appointment is needed")
    return ", ".join(_(str(UnitType(each).label)) for each in role.held_at) or _("any unit")


def permissions_in_words() -> list[PermissionInWords]:
    """Every permission, in the order in which they are written."""
    return [
        PermissionInWords(str(each), str(each.meaning), [(code, _(ROLES[code].name)) for code in roles_with(each)])
        for each in Permission
    ]
