"""Everybody who wrote in a draft is named, so that none of them approves it; orders and conditions say who entered them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def entered_by() -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("training", "0003_institution_papers"),
    ]

    operations = [
        migrations.AddField("courseversion", "hands", models.JSONField(default=list)),
        migrations.AddField("curriculumversion", "hands", models.JSONField(default=list)),
        migrations.AddField("entrycondition", "entered_by", entered_by()),
        migrations.AddField("integrationorder", "entered_by", entered_by()),
    ]
