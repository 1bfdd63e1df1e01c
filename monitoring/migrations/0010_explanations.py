import django.db.models.deletion
from django.db import migrations, models


def count_explained(apps, schema_editor):
    """What waits for review now was submitted before the number was kept."""
    entries = apps.get_model("monitoring", "Entry").objects.exclude(explanation="")
    for submission in apps.get_model("monitoring", "Submission").objects.filter(status="submitted"):
        submission.warnings_explained = entries.filter(submission=submission).count()
        submission.save(update_fields=["warnings_explained"])


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0009_publications")]

    operations = [
        migrations.AddField(
            model_name="approval",
            name="format",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="submission",
            name="warnings_explained",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("check_code", models.CharField(blank=True, max_length=40)),
                ("basis", models.CharField(max_length=64)),
                ("text", models.TextField()),
                (
                    "approved_in",
                    models.ForeignKey(
                        db_column="approved_in",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.approval",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="monitoring.measurement",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        blank=True,
                        db_column="superseded_in",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.approval",
                    ),
                ),
            ],
            options={
                "verbose_name": "explanation",
                "verbose_name_plural": "explanations",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["approved_in"], name="explanation_approved")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_in__isnull", True)),
                        fields=("measurement", "check_code"),
                        name="explanation_live_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="explanation_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_in__isnull", True),
                            ("superseded_in__gt", models.F("approved_in")),
                            _connector="OR",
                        ),
                        name="explanation_superseded_later",
                    ),
                ],
            },
        ),
        migrations.RunPython(count_explained, migrations.RunPython.noop),
    ]
