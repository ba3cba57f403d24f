"""Family facts: seen by the officer and by HR with the permission for it, and weighed when a transfer is considered."""

from django.db import models

from hcims.encryption import EncryptedTextField
from hcims.references import new_reference
from organisation.models import County
from personnel.models.history import PaperHistory
from personnel.models.members import Officer, Sex


class NextOfKin(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="next_of_kin")
    name = EncryptedTextField()
    relationship = models.CharField(max_length=40)
    phone = EncryptedTextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    history = PaperHistory()

    class Meta:
        verbose_name_plural = "next of kin"

    def __str__(self) -> str:
        return self.relationship


class Spouse(models.Model):
    """A husband or wife; `in_service` points at the spouse's own record where both serve."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="spouses")
    name = EncryptedTextField(blank=True)
    in_service = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    workplace = models.CharField(max_length=120, blank=True)
    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    history = PaperHistory()

    def __str__(self) -> str:
        return "spouse"


class DependantKind(models.TextChoices):
    CHILD = "child", "Child"
    PARENT = "parent", "Parent"
    OTHER = "other", "Other dependant"


class Dependant(models.Model):
    """A child at school or another dependant, with or without a disability."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="dependants")
    kind = models.CharField(max_length=6, choices=DependantKind)
    name = EncryptedTextField(blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    born_on = models.DateField(null=True, blank=True)
    school = models.CharField(max_length=120, blank=True)
    school_county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    has_disability = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    history = PaperHistory()

    def __str__(self) -> str:
        return self.kind
