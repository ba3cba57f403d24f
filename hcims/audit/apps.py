"""Application settings of `hcims.audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hcims.audit"
