"""Saved views: a list's filters, order and columns under a name of one's own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hcims.references import new_reference


class SavedView(models.Model):
    """One person's name for a query string of one list. Holds no rows: opening it asks the list again, as its reader."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=80)  # URL name of the list
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page", "name"],
                name="ui_savedview_name_once",
                violation_error_message=_("You already have a view of that name here."),
            ),
            models.UniqueConstraint(
                fields=["user", "page"],
                condition=Q(is_default=True),
                name="ui_savedview_one_default",
                violation_error_message=_("A list opens with one view only."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
