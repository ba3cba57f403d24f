"""Application settings of `hcims.imports`."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "hcims.imports"
