"""Application settings of `hcims.ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "hcims.ui"
