"""Reference data of sign-in in the admin: how long letters last, lock-out, idle time."""

from django.contrib import admin

from accounts.models import SignInRule
from hcims.reference.admins import DatedRuleAdmin

admin.site.register(SignInRule, DatedRuleAdmin)
