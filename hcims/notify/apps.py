"""Application settings of `hcims.notify`."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "hcims.notify"
