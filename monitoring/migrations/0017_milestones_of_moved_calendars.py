"""Open submissions of projects whose end was moved into their round are asked its milestones."""

from django.db import migrations

from monitoring.calendar.rounds import milestone_rounds


def ask_milestones(apps, schema_editor):
    rows = apps.get_model("monitoring", "Submission").objects.filter(
        status__in=["draft", "returned"], revision=1, is_milestone=False
    )
    for submission in rows.select_related("project"):
        if submission.round_id in milestone_rounds(submission.project):
            submission.is_milestone = True
            submission.save(update_fields=["is_milestone"])


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0016_submission_time_zone")]

    operations = [migrations.RunPython(ask_milestones, migrations.RunPython.noop)]
