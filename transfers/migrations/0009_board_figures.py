"""What a board's page shows is kept beside the awards; whom a floor held is a column of its own."""

import django.db.models.deletion
from django.db import migrations, models


def mark_held(apps, schema_editor):
    apps.get_model("transfers", "Award").objects.exclude(explanation__floor=None).filter(
        explanation__has_key="floor"
    ).update(is_held=True)


class Migration(migrations.Migration):
    dependencies = [("transfers", "0008_three_redress")]
    operations = [
        migrations.AddField("award", "is_held", models.BooleanField(default=False)),
        migrations.RunPython(mark_held, migrations.RunPython.noop),
        migrations.CreateModel(
            name="RoundFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=10)),
                ("code", models.CharField(blank=True, max_length=120)),
                ("position", models.PositiveIntegerField()),
                ("numbers", models.JSONField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="transfers.round"
                    ),
                ),
            ],
            options={"ordering": ["part", "position"]},
        ),
        migrations.AddConstraint(
            "roundfigure",
            models.UniqueConstraint(fields=("round", "part", "code"), name="transfers_round_figure_once"),
        ),
    ]
