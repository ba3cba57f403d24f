"""Reference data of peer support and counselling in the admin: dated numbers. No contact, no case, no person."""

from django.contrib import admin

from counselling.models import WellbeingRule
from hcims.reference.actions import check_dated
from hcims.reference.admins import ReferenceAdmin


@admin.register(WellbeingRule)
class WellbeingRuleAdmin(ReferenceAdmin):
    list_display = ("code", "value", "starts_on", "ends_on", "is_confirmed", "legal_basis")
    list_filter = ("code",)
    fields = ("code", "value", "starts_on", "ends_on", "legal_basis", "is_confirmed", "source")
    fixed = ()
    checks = (check_dated,)
