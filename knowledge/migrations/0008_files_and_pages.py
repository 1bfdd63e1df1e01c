"""Files of works and the text of their pages."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0007_without_the_old_columns'),
        ('pip_network', '0012_kept_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='pages')),
                ('text_state', models.CharField(choices=[('waiting', 'Its text is being read'), ('text', 'Its text is searched'), ('no_text', 'No text to search'), ('refused', 'Its text could not be read'), ('encrypted', 'Locked with a password')], default='waiting', max_length=10, verbose_name='text')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='knowledge.expression', verbose_name='expression')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pip_network.stored', verbose_name='file')),
            ],
            options={
                'verbose_name': 'file of a work',
                'verbose_name_plural': 'files of works',
                'ordering': ['expression', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('label', models.CharField(blank=True, max_length=10, verbose_name='kind of page')),
                ('text', models.TextField(verbose_name='text')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='page_texts', to='knowledge.file', verbose_name='file')),
            ],
            options={
                'verbose_name': 'page of a file',
                'verbose_name_plural': 'pages of files',
                'ordering': ['file', 'number'],
            },
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.UniqueConstraint(fields=('expression', 'version'), name='file_version_once', violation_error_message='The expression has this version already.'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(fields=('file', 'number'), name='page_once', violation_error_message='The file has this page already.'),
        ),
    ]
