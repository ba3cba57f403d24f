"""Rules about service, as dated data with their legal basis."""

from django.db import models

from hcims.periods import Period
from organisation.models import Rank
from personnel.models.members import Member


class RetirementRule(Period):
    """The age at which members of a kind, or of one rank, retire while the rule is in force."""

    member = models.CharField(max_length=8, choices=Member, default=Member.OFFICER)
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True)  # none: every rank without its own
    age = models.PositiveSmallIntegerField()
    legal_basis = models.CharField(max_length=200)
    is_confirmed = models.BooleanField(
        default=False
    )  # counsel has confirmed the basis; shown as unconfirmed until then

    class Meta(Period.Meta):
        ordering = ["member", "rank__order", "-starts_on"]

    def __str__(self) -> str:
        return f"{self.get_member_display()} at {self.age}"
