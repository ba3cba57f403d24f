"""Reference data of training in the admin: dated numbers and programmes."""

from django.contrib import admin

from hcims.reference.admins import DatedRuleAdmin
from training.models import TrainingRule

admin.site.register(TrainingRule, DatedRuleAdmin)
