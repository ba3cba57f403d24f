"""Application settings of `hcims.status`."""

from django.apps import AppConfig


class StatusConfig(AppConfig):
    name = "hcims.status"
