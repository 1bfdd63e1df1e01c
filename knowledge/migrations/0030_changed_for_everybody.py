"""When what everybody reads of a work last changed. Of those that are there nobody knows: they are
taken for changed now, so that nobody who harvests them misses anything.
"""

from django.db import migrations, models
from django.utils import timezone


def stamp(apps, _schema_editor):
    works = apps.get_model("knowledge", "Work").objects
    now = timezone.now().replace(microsecond=0)
    works.filter(first_public_at__isnull=False).update(changed_at=now)


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0021_thesaurus'),
    ]

    operations = [
        migrations.AddField(
            model_name='work',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='changed for everybody on'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(fields=['changed_at', 'code'], name='work_changed'),
        ),
        migrations.RunPython(stamp, migrations.RunPython.noop, elidable=True),
    ]
