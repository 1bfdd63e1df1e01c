from django.db import migrations, models


def as_written(name, label):
    """Numbers of a check keep the digits of their file: 1.20 stays 1.20."""
    return migrations.AlterField(
        "check", name, models.CharField(label, max_length=12, blank=True, default=""), preserve_default=False
    )


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_initial")]

    operations = [
        as_written("factor", "factor"),
        as_written("low", "low"),
        as_written("high", "high"),
        as_written("then_value", "then, value"),
        migrations.AddField("unit", "position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
    ]
