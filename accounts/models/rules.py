"""Numbers that sign-in rests on, as dated data with their basis."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hcims.database_rules import NoOverlap
from hcims.dated_rules import DatedRule, one_in_force


class SignInRuleCode(models.TextChoices):
    ACTIVATION_DAYS = "activation-letter-days", _("Days for which an activation letter can be used")
    RESET_DAYS = "reset-letter-days", _("Days for which a reset letter can be used")
    CODE_TRIES = "code-tries", _("Wrong tries after which a letter's code is dead")
    PHONE_WAIT = "phone-wait-hours", _("Hours before a changed telephone number counts")
    PASSWORD_MINIMUM = "password-minimum", _("Shortest password (characters)")
    IDLE = "idle-minutes", _("Minutes without a request after which one is signed out")
    IDLE_WITH_ROLE = "idle-minutes-with-role", _("The same for roles that compel a second factor")
    SITTING_HOURS = "sitting-hours", _("Hours after which everyone signs in again")
    LOCK_FAILURES = "lock-out-failures", _("Failed sign-ins, by one name from one address, before the lock-out")
    LOCK_MINUTES = "lock-out-minutes", _("Minutes that a lock-out lasts")


class SignInRule(DatedRule):
    """The value of one rule while it is in force."""

    code = models.CharField(max_length=40, choices=SignInRuleCode)

    class Meta(DatedRule.Meta):
        constraints = [*DatedRule.Meta.constraints, one_in_force("accounts_sign_in_rule_one_in_force")]

    OVERLAP_RULES = [NoOverlap("accounts_no_two_rule_values", ("code",))]
    DATABASE_RULES = {"accounts_no_two_rule_values": "This rule already has a value in these days."}
