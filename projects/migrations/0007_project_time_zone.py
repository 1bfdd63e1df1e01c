"""Each project gets the time zone of the country from which it is executed."""

from django.db import migrations, models

from projects.zones import zone_of


def set_zones(apps, schema_editor):
    for project in apps.get_model("projects", "Project").objects.select_related(
        "executing_institution"
    ):
        countries = list(project.countries.values_list("pk", flat=True))
        project.time_zone = zone_of(project.executing_institution.iso2, countries)
        project.save(update_fields=["time_zone"])


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_country_currency_dates")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="time_zone",
            field=models.CharField(default="UTC", max_length=60, verbose_name="time zone"),
        ),
        migrations.RunPython(set_zones, migrations.RunPython.noop),
    ]
