from django.db import migrations, models

import hcims.references


def give_refs(apps, schema_editor):
    delay = apps.get_model("audit", "DisclosureDelay")
    for each in delay.objects.all():
        each.ref = hcims.references.new_reference()
        each.state = "approved" if each.approved_at else "asked"
        each.save(update_fields=["ref", "state"])


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="disclosuredelay", options={"verbose_name": "delay of disclosure"}),
        migrations.AddField("disclosuredelay", "asked_at", models.DateTimeField(null=True)),
        migrations.AddField("disclosuredelay", "note", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(
            "disclosuredelay",
            "state",
            models.CharField(
                choices=[("asked", "Asked for"), ("approved", "Approved"), ("refused", "Refused")],
                default="asked",
                max_length=8,
            ),
        ),
        migrations.AddField(
            "disclosuredelay", "ref", models.CharField(default="", editable=False, max_length=12), preserve_default=False
        ),
        migrations.RunPython(give_refs, migrations.RunPython.noop),
        migrations.AlterField(
            "disclosuredelay",
            "ref",
            models.CharField(default=hcims.references.new_reference, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField("disclosuredelay", "authority", models.CharField(max_length=200, verbose_name="authority")),
        migrations.AlterField("disclosuredelay", "source", models.CharField(max_length=300, verbose_name="legal basis")),
        migrations.AddConstraint(
            "disclosuredelay",
            models.CheckConstraint(
                condition=models.Q(("approved_at__isnull", True), ("state", "approved"), _connector="OR"),
                name="audit_delay_approved_state",
            ),
        ),
    ]
