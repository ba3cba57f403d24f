"""Puts the database's own rules in place after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def keep_rules(using: str, **kwargs: Any) -> None:
    """SQLite drops a table's triggers when a migration rebuilds it, so they are renewed each time."""
    from hcims import database_rules
    from hcims.audit import triggers

    triggers.install(connections[using])
    database_rules.install(connections[using])


class AuditConfig(AppConfig):
    name = "hcims.audit"

    def ready(self) -> None:
        post_migrate.connect(keep_rules, sender=self, dispatch_uid="hcims.keep_rules")
