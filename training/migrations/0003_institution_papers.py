"""The papers behind what an institution gives and who teaches there; a calendar entry is withdrawn, not deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0002_survey_approved")]

    operations = [
        migrations.AddField(
            model_name="courseoffered",
            name="authority",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="authority (paper, number, date)"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="instructor",
            name="authority",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="authority (paper, number, date)"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="calendarentry",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
