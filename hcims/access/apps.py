"""Registers the start-up check of audiences."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "hcims.access"

    def ready(self) -> None:
        from hcims.access import checks  # noqa: F401
