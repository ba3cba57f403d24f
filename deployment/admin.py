"""Deployment's reference data in the admin: duties, and the numbers by which pages flag."""

from django.contrib import admin

from deployment.models import DeploymentRule, Duty
from hcims.reference.admins import DatedRuleAdmin, FileAdmin
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


admin.site.register(DeploymentRule, DatedRuleAdmin)
