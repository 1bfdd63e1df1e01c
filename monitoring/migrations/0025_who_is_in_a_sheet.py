import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0024_edits_undone'),
        ('projects', '0008_keys_of_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.CharField(blank=True, max_length=120)),
                ('seen_at', models.DateTimeField(db_index=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.network')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='monitoring.submission')),
            ],
            options={
                'verbose_name': 'visit of a sheet',
                'verbose_name_plural': 'visits of sheets',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'network', 'person'), name='sheet_visit_once', violation_error_message='This visit is known already.')],
            },
        ),
    ]
