"""Deployment's reference data in the admin: duties, and the numbers by which pages flag."""

from django.contrib import admin

from deployment.models import DeploymentRule, Duty
from hcims.reference.actions import check_dated
from hcims.reference.admins import FileAdmin, ReferenceAdmin
from hcims.reference.resources import ReferenceResource
from organisation.policies.catalogue import check_code


class DutyResource(ReferenceResource):
    class Meta(ReferenceResource.Meta):
        model = Duty
        fields = ("code", "name_en", "name_sw", "is_core", "order")


@admin.register(Duty)
class DutyAdmin(FileAdmin):
    list_display = ("order", "code", "name_en", "name_sw", "is_core")
    list_display_links = ("code",)
    fields = ("code", "name_en", "name_sw", "is_core", "order", "source")
    checks = (check_code,)
    resource_classes = (DutyResource,)


@admin.register(DeploymentRule)
class DeploymentRuleAdmin(ReferenceAdmin):
    list_display = ("code", "value", "starts_on", "ends_on", "is_confirmed", "legal_basis")
    list_filter = ("code",)
    fields = ("code", "value", "starts_on", "ends_on", "legal_basis", "is_confirmed", "source")
    fixed = ()
    checks = (check_dated,)
