"""What was handed in keeps the time zone of its project: it was measured by it."""

from django.db import migrations, models


def set_zones(apps, schema_editor):
    handed_in = apps.get_model("monitoring", "Submission").objects.exclude(first_submitted_at=None)
    for code, zone in apps.get_model("projects", "Project").objects.values_list("pk", "time_zone"):
        handed_in.filter(project=code).update(time_zone=zone)


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0015_refusals_in_words"),
        ("projects", "0007_project_time_zone"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="time_zone",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="time zone"),
            preserve_default=False,
        ),
        migrations.RunPython(set_zones, migrations.RunPython.noop),
    ]
