"""Open submissions of projects whose end was moved into their round are asked its milestones.

The calendar of a project is copied here, as it was on the day of this migration.
"""

from django.db import migrations


def ask_milestones(apps, schema_editor):
    rows = apps.get_model("monitoring", "Submission").objects.filter(
        status__in=["draft", "returned"], revision=1, is_milestone=False
    )
    for submission in rows.select_related("project"):
        project = submission.project
        if submission.round_id in milestone_rounds(project.starts_on, project.ends_on):
            submission.is_milestone = True
            submission.save(update_fields=["is_milestone"])


def milestone_rounds(starts_on, ends_on):
    """The 2nd, 4th, 6th ... S2 of a project, and its last round."""
    last = semester_of(ends_on)
    codes = [semester_of(starts_on)]
    while codes[-1] < last:
        codes.append(semester_after(codes[-1]))
    second_halves = [code for code in codes if code.endswith("-S2")]
    return {*second_halves[1::2], last}


def semester_of(day):
    return f"{day.year}-S{1 if day.month <= 6 else 2}"


def semester_after(code):
    year, half = int(code[:4]), code[-1]
    return f"{year}-S2" if half == "1" else f"{year + 1}-S1"


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0016_submission_time_zone")]

    operations = [migrations.RunPython(ask_milestones, migrations.RunPython.noop)]
