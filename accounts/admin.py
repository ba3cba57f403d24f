"""Reference data of sign-in in the admin: how long letters last, lock-out, idle time."""

from django.contrib import admin

from accounts.models import SignInRule
from hcims.reference.actions import check_dated
from hcims.reference.admins import ReferenceAdmin


@admin.register(SignInRule)
class SignInRuleAdmin(ReferenceAdmin):
    list_display = ("code", "value", "starts_on", "ends_on", "is_confirmed", "legal_basis")
    list_filter = ("code",)
    fields = ("code", "value", "starts_on", "ends_on", "legal_basis", "is_confirmed", "source")
    fixed = ()
    checks = (check_dated,)
