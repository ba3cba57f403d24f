"""The roll as a django-import-export resource: what one would write without a machinery of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from import_export import fields, resources
from import_export.widgets import DateWidget, ForeignKeyWidget

from deployment.models import Duty, Posting
from organisation.models import County, Rank, Unit
from personnel.models import Officer, RankHolding


class OfficerResource(resources.ModelResource):
    """Officer by service number, with rank holding and posting after each row."""

    rank = fields.Field("rank", "rank", ForeignKeyWidget(Rank, "code"))
    unit = fields.Field("unit", "unit", ForeignKeyWidget(Unit, "code"))
    home_county = fields.Field("home_county", "home_county", ForeignKeyWidget(County, "name"))
    born_on = fields.Field("born_on", "born_on", DateWidget("%Y-%m-%d"))
    enlisted_on = fields.Field("enlisted_on", "enlisted_on", DateWidget("%Y-%m-%d"))

    class Meta:
        model = Officer
        import_id_fields = ("service_number",)
        skip_unchanged = True
        fields = (
            "service_number", "surname", "other_names", "sex", "born_on", "national_id", "kra_pin", "service", "rank",
            "enlisted_on", "home_county", "unit", "phone", "personal_email", "bank_name", "bank_branch", "bank_account",
            "house_allowance_place",
        )  # fmt: skip

    def after_save_instance(self, instance: Officer, row: Any, **kwargs: Any) -> None:
        assert instance.rank
        assert instance.unit
        RankHolding.objects.create(officer=instance, rank=instance.rank, starts_on=row["rank_on"])
        Posting.objects.create(
            officer=instance, unit=instance.unit, post_rank=instance.rank, starts_on=row["arrived_on"] or date(2026, 10, 31),
            duty=Duty.objects.get(code=row["duty"]),
        )  # fmt: skip
