"""Application settings of `hcims.jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "hcims.jobs"
