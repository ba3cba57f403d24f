"""Names that a commander signed on paper: the commander, the paper, and beside them who typed it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("training", "0005_late_letters"),
    ]

    operations = [
        migrations.AddField(
            "nomination",
            "signed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("nomination", "paper", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddConstraint(
            "nomination",
            models.CheckConstraint(
                condition=models.Q(("signed_by__isnull", True), models.Q(("paper", ""), _negated=True), _connector="OR"),
                name="training_signed_on_a_paper",
                violation_error_message="Name the paper that the commander signed.",
            ),
        ),
    ]
