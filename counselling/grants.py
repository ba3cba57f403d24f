"""The one door to a record that was granted to a person: a contact of peer support, a case.

Every list and every single record goes through `records`, one statement on the grant's own table. Guardian stores the
grants and is not asked: it lists the records of closed accounts and answers a superuser with everything. Here a
superuser is refused like a stranger, and so are closed accounts and visitors.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.db.models.functions import Now
from guardian.utils import get_user_obj_perms_model

from counselling.models.grants import Grant

M = TypeVar("M", bound=Model)


def records(model: type[M], *, user: Any, at: datetime | Now) -> QuerySet[M]:
    """The records of `model` on which the user holds a grant at the moment `at`; one statement however many exist."""
    everything: QuerySet[M] = model._default_manager.all()
    if not may_hold(user):
        return everything.none()
    return everything.filter(pk__in=grants_of(model, user=user, at=at).values("content_object"))


def grants_of(model: type[Model], *, user: Any, at: datetime | Now) -> QuerySet[Any]:
    """The user's own grants on records of `model` that hold at the moment `at`."""
    table = grant_table(model)
    if not may_hold(user):
        return table.objects.none()
    return table.objects.filter(table.in_force(at), user=user.pk)


def may_hold(user: Any) -> bool:
    """Whether this is somebody whose grants count: signed in, the account open, and no superuser."""
    return bool(
        getattr(user, "is_authenticated", False)
        and getattr(user, "is_active", False)
        and not getattr(user, "is_superuser", False)
    )


def allows(user: Any, permission: str, record: Any) -> bool:
    """What `user.has_perm(permission, record)` answers: whether a grant holds now, by the database's clock.

    A permission of another kind of record is refused; the setting `RECORD_PERMISSIONS` lists those that are asked here.
    """
    if not isinstance(record, Model) or permission != permission_name(type(record)):
        return False
    return records(type(record), user=user, at=Now()).filter(pk=record.pk).exists()


def grant_table(model: type[Model]) -> type[Grant]:
    """The table that holds the grants on this kind of record. Errors: TypeError where it has none of its own."""
    table = get_user_obj_perms_model(model)  # type: ignore[arg-type]  # the stub wants a row, the function takes both
    if not issubclass(table, Grant):
        raise TypeError(f"{model._meta.label} has no table of grants")
    return table


def permission_name(model: type[Model]) -> str:
    """The one permission that can be granted on this kind of record: "counselling.open_case"."""
    names = [name for name, _words in model._meta.permissions]
    return f"{model._meta.app_label}.{names[0]}" if len(names) == 1 else ""


def permission_of(model: type[Model]) -> Permission:
    """The row of that permission, which each grant names."""
    label, _dot, codename = permission_name(model).partition(".")
    return Permission.objects.get(content_type__app_label=label, codename=codename)
