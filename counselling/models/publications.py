"""A quarter as it was published: made once, kept with its digest, never made again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.references import new_reference


@dataclass(frozen=True)
class NeverChanged:
    """The database refuses to change a row of the table."""

    name: str

    def sqlite(self, table: str) -> list[str]:
        return [
            f"CREATE TRIGGER IF NOT EXISTS {self.name} BEFORE UPDATE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        ]

    def postgresql(self, table: str) -> list[str]:
        return [
            f"""CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
            f"""CREATE OR REPLACE TRIGGER {self.name} BEFORE UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {self.name}()""",
        ]


class Publication(models.Model):
    """What may be known of help given in a quarter, in numbers as they were shown from the first day on."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    quarter = models.CharField(max_length=7, unique=True)  # such as 2026-Q3
    starts_on = models.DateField(unique=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content in canonical form
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("publication")
        ordering = ["-starts_on"]

    OVERLAP_RULES = [NeverChanged("counselling_published_stays")]
    DATABASE_RULES = {
        "counselling_published_stays": _("What was published stays as it is."),
        "counselling_publication_quarter_key": _("This quarter is published. It is never published a second time."),
    }

    def __str__(self) -> str:
        return self.quarter
