"""Reference data of peer support and counselling in the admin: dated numbers. No contact, no case, no person."""

from django.contrib import admin

from counselling.models import WellbeingRule
from hcims.reference.admins import DatedRuleAdmin

admin.site.register(WellbeingRule, DatedRuleAdmin)
