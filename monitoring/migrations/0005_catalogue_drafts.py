from django.db import migrations, models
from django.db.models import F, Q


def begin_with_their_version(apps, schema_editor):
    """What is there began with its own version: nothing that was not compared until now becomes comparable."""
    apps.get_model("monitoring", "Variable").objects.using(schema_editor.connection.alias).update(
        defined_in=F("catalogue_id")
    )


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_record_guards")]

    operations = [
        migrations.AddField(
            "variable",
            "defined_in",
            models.PositiveSmallIntegerField(
                "defined since version",
                default=1,
                editable=False,
                help_text="The version in which its present definition began: values of two definitions are not compared.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(begin_with_their_version, migrations.RunPython.noop),
    ]
