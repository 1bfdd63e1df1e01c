"""Each project gets the time zone of the country from which it is executed.

What it needs is copied here: it says what was true on the day of this migration.
"""

from django.db import migrations, models

UTC = "UTC"
CAPITALS = {
    # Latin America and the Caribbean
    "AG": "America/Antigua",
    "AR": "America/Argentina/Buenos_Aires",
    "BB": "America/Barbados",
    "BO": "America/La_Paz",
    "BR": "America/Sao_Paulo",  # Brasília keeps this one
    "BS": "America/Nassau",
    "BZ": "America/Belize",
    "CL": "America/Santiago",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CU": "America/Havana",
    "DM": "America/Dominica",
    "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil",  # Quito keeps this one
    "GD": "America/Grenada",
    "GT": "America/Guatemala",
    "GY": "America/Guyana",
    "HN": "America/Tegucigalpa",
    "HT": "America/Port-au-Prince",
    "JM": "America/Jamaica",
    "KN": "America/St_Kitts",
    "LC": "America/St_Lucia",
    "MX": "America/Mexico_City",
    "NI": "America/Managua",
    "PA": "America/Panama",
    "PE": "America/Lima",
    "PR": "America/Puerto_Rico",
    "PY": "America/Asuncion",
    "SR": "America/Paramaribo",
    "SV": "America/El_Salvador",
    "TT": "America/Port_of_Spain",
    "UY": "America/Montevideo",
    "VC": "America/St_Vincent",
    "VE": "America/Caracas",
    # others from which projects of the region are executed
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "CA": "America/Toronto",  # Ottawa keeps this one
    "CH": "Europe/Zurich",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "IL": "Asia/Jerusalem",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "LU": "Europe/Luxembourg",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "SE": "Europe/Stockholm",
    "US": "America/New_York",  # Washington keeps this one
}


def set_zones(apps, schema_editor):
    for project in apps.get_model("projects", "Project").objects.select_related(
        "executing_institution"
    ):
        countries = list(project.countries.values_list("pk", flat=True))
        project.time_zone = zone_of(project.executing_institution.iso2, countries)
        project.save(update_fields=["time_zone"])


def zone_of(institution, countries):
    own = countries[0] if len(countries) == 1 else ""
    return CAPITALS.get(institution or own, UTC)


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
