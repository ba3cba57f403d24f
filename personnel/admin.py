"""Personnel's reference data in the admin: the rules of retirement. No record of any person."""

from django.contrib import admin

from hcims.reference.actions import check_dated
from hcims.reference.admins import ReferenceAdmin
from personnel.models import RetirementRule


@admin.register(RetirementRule)
class RetirementRuleAdmin(ReferenceAdmin):
    list_display = ("member", "rank", "age", "starts_on", "ends_on", "is_confirmed", "legal_basis")
    list_select_related = ("rank",)
    fields = ("member", "rank", "age", "starts_on", "ends_on", "legal_basis", "is_confirmed", "source")
    fixed = ()
    checks = (check_dated,)
