"""Application settings of the reference-data admin."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "hcims.reference"
    label = "reference"
    verbose_name = "Reference data"
