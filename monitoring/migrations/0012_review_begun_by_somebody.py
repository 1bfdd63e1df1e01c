from django.db import migrations, models


class Migration(migrations.Migration):
    """A migration of its own: PostgreSQL alters no table of which rows have just changed."""

    dependencies = [("monitoring", "0011_review_begun")]

    operations = [
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(review_begun_at__isnull=True, review_begun_by__isnull=True),
                    models.Q(review_begun_at__isnull=False, review_begun_by__isnull=False),
                    _connector="OR",
                ),
                name="submission_review_begun_by_somebody",
            ),
        ),
    ]
