"""The right of one person to one record. Stored in django-guardian's shape; asked for only through `counselling.grants`."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import models
from guardian.models import UserObjectPermissionBase

from accounts.models import User


def new_key() -> int:
    """A random primary key: a counted one would tell in which order rows came."""
    return secrets.randbelow(2**53 - 1) + 1  # as many as a page's script can hold exactly


class Grant(UserObjectPermissionBase):
    """A grant on one record, through a direct foreign key `content_object` that each kind of grant declares."""

    id = models.BigAutoField(primary_key=True, default=new_key)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField(null=True, blank=True)  # null: until the record is gone

    class Meta:
        abstract = True

    @classmethod
    def in_force(cls, at: datetime | Any) -> models.Q:
        """A filter for grants that hold at the moment `at`: a moment, or the database's own (`Now()`)."""
        return models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at)
