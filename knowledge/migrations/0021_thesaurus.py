"""The words of the field in three languages."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0020_search_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='Concept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(error_messages={'unique': 'Another concept has this code already.'}, max_length=60, unique=True, verbose_name='code')),
                ('theme', models.CharField(blank=True, choices=[('coverage', 'Coverage'), ('association', 'Association'), ('innovation', 'Innovation'), ('markets', 'Markets'), ('credit', 'Credit'), ('sales', 'Sales'), ('employment', 'Employment'), ('productivity', 'Productivity'), ('sustainability', 'Sustainability'), ('institutions', 'Institutions')], max_length=20, verbose_name='theme')),
                ('es', models.CharField(max_length=100, verbose_name='term in Spanish')),
                ('pt', models.CharField(max_length=100, verbose_name='term in Portuguese')),
                ('en', models.CharField(max_length=100, verbose_name='term in English')),
                ('synonyms_es', models.CharField(blank=True, max_length=300, verbose_name='also, in Spanish')),
                ('synonyms_pt', models.CharField(blank=True, max_length=300, verbose_name='also, in Portuguese')),
                ('synonyms_en', models.CharField(blank=True, max_length=300, verbose_name='also, in English')),
            ],
            options={
                'verbose_name': 'concept',
                'verbose_name_plural': 'concepts',
                'ordering': ['code'],
            },
        ),
    ]
