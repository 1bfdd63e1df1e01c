import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def begun_with_remarks(apps, schema_editor):
    """Who wrote a remark on what waits now has begun to review it."""
    remarks = apps.get_model("monitoring", "Remark").objects.filter(answers=None)
    for submission in apps.get_model("monitoring", "Submission").objects.filter(status="submitted"):
        first = (
            remarks.filter(submission=submission, at__gte=submission.submitted_at)
            .order_by("at", "id")
            .first()
        )
        if first is not None:
            submission.review_begun_at, submission.review_begun_by_id = first.at, first.by_id
            submission.save(update_fields=["review_begun_at", "review_begun_by"])


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0010_explanations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="review_begun_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="review begun on"),
        ),
        migrations.AddField(
            model_name="submission",
            name="review_begun_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="review begun by",
            ),
        ),
        migrations.RunPython(begun_with_remarks, migrations.RunPython.noop),
    ]
