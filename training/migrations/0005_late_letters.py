"""Why joining letters went out after the day of the rule, kept with the cohort."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0004_who_wrote")]

    operations = [
        migrations.AddField("cohort", "late_reason", models.CharField(blank=True, default="", max_length=300)),
    ]
