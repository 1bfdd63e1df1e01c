"""The index of the library: its rows, and the two indexes of words of the database that is used."""

import django.db.models.deletion
import pip_network.folding.columns
from django.db import migrations, models

from knowledge.search.engines import engine


def create_indexes(_apps, _schema_editor):
    engine().create()


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0008_files_and_pages'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField(default=0)),
                ('built', models.PositiveIntegerField(default=0)),
                ('keys', models.PositiveSmallIntegerField(default=0)),
                ('ghosts', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='IndexRow',
            fields=[
                ('id', models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(editable=False, max_length=8, unique=True)),
                ('seq', models.BigIntegerField(db_index=True)),
                ('digest', models.CharField(max_length=64)),
                ('facts', models.JSONField(default=dict)),
                ('audience', models.JSONField(default=list)),
                ('pages', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(editable=False, max_length=80, unique=True)),
                ('folded', pip_network.folding.columns.FoldedField('form')),
                ('key', models.CharField(max_length=40)),
                ('common', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['folded'], name='form_folded')],
            },
        ),
        migrations.CreateModel(
            name='FormCut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cut', models.CharField(db_index=True, max_length=80)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cuts', to='knowledge.form')),
            ],
        ),
        migrations.RunPython(create_indexes, migrations.RunPython.noop),
    ]
