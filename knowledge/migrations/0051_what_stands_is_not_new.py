"""Works that stand under a key when saved searches arrive are new to nobody."""

from django.db import migrations


def open_what_stands(apps, schema_editor):
    opening = apps.get_model("knowledge", "Opening")
    rows = apps.get_model("knowledge", "Audience").objects.order_by("pk")
    opening.objects.bulk_create(
        (opening(work_id=work, key=key) for work, key in rows.values_list("work", "key")),
        batch_size=500,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0050_lists_and_saved_searches")]

    operations = [migrations.RunPython(open_what_stands, migrations.RunPython.noop)]
