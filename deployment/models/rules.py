"""Numbers that decide what a page flags, as dated data with their legal basis."""

from django.db import models

from hcims.dated_rules import DatedRule, one_in_force


class RuleCode(models.TextChoices):
    TENURE_MAXIMUM = "tenure-maximum-months", "Longest time at a station (months)"
    TENURE_MAXIMUM_OPERATION = "tenure-maximum-operation-months", "Longest time in an operation area (months)"
    TENURE_MINIMUM = "tenure-minimum-months", "Shortest time at a station before the next move (months)"
    HEAD_OF_STATION = "station-head-lowest-rank", "Lowest rank that may head a station (order of the rank)"
    HEAD_OF_POST = "post-head-lowest-rank", "Lowest rank that may head a post or patrol base (order of the rank)"
    NCO_SHARE = "nco-per-constable-percent", "NCOs for each hundred constables above which a station is flagged"
    FORECAST_YEARS = "forecast-exit-years", "Years over which other exits are averaged"
    CONFIRMATION_DAYS = "confirmation-stale-days", "Days after which a station's list counts as stale"
    IMPORT_SECOND_PERSON = "import-second-person", "Changes of an import above which a second person confirms"
    IMPORT_ROWS_KEPT = "import-rows-kept-days", "Days for which the rows of an import are kept, and it can be undone"
    SMALL_CELL = "small-cell", "Counts below this are hidden in published aggregates"


class DeploymentRule(DatedRule):
    """The value of one rule while it is in force."""

    code = models.CharField(max_length=40, choices=RuleCode)

    class Meta(DatedRule.Meta):
        constraints = [*DatedRule.Meta.constraints, one_in_force("deployment_rule_one_in_force")]
