"""Awards that a board varied, and those whom a floor held, are found without reading the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("transfers", "0009_board_figures")]
    operations = [
        migrations.AddIndex(
            "award",
            models.Index(condition=models.Q(("is_varied", True)), fields=["participation"], name="transfers_award_varied"),
        ),
        migrations.AddIndex(
            "award",
            models.Index(condition=models.Q(("is_held", True)), fields=["participation"], name="transfers_award_held"),
        ),
    ]
