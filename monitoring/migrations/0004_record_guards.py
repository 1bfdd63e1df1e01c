from django.db import migrations

from monitoring.record import guards


def install(apps, schema_editor):
    guards.install(schema_editor.connection.alias)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0003_check_numbers_as_written"),
        ("pip_network", "0001_initial"),
    ]

    operations = [migrations.RunPython(install, remove)]
