"""Makes Django's admin the house's site of reference data."""

from django.contrib.admin.apps import AdminConfig


class ReferenceAdminConfig(AdminConfig):
    default_site = "hcims.reference.site.ReferenceSite"
