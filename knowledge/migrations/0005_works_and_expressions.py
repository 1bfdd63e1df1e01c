"""A work, its expressions, authors and subjects: the new tables and columns, beside the old ones.

What the old columns say is carried over by the next migration, and they go in the one after it:
PostgreSQL does not change a table in whose rows references still wait for their check.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import knowledge.codes
import pip_network.folding.columns


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0004_works_searched_by_year"),
        ("pip_network", "0011_letters_by_kind"),
        ("projects", "0007_project_time_zone"),
        ("workshops", "0002_refusals_in_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("work", "number", "code"),
        migrations.RenameField("work", "authors", "authors_text"),
        migrations.RenameField("work", "type", "type_text"),
        migrations.RenameField("work", "url", "source_url"),
        migrations.RenameField("work", "note", "provenance_en"),
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, verbose_name='key')),
            ],
            options={
                'verbose_name': 'reader of a work',
                'verbose_name_plural': 'readers of works',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('role', models.CharField(choices=[('author', 'Author'), ('editor', 'Editor')], default='author', max_length=8, verbose_name='role')),
                ('family', models.CharField(blank=True, max_length=120, verbose_name='family name')),
                ('given', models.CharField(blank=True, max_length=120, verbose_name='given name')),
                ('literal', models.CharField(blank=True, max_length=200, verbose_name='body')),
                ('searched', pip_network.folding.columns.FoldedField('family', 'given', 'literal')),
            ],
            options={
                'verbose_name': 'author',
                'verbose_name_plural': 'authors',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Expression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('es', 'Spanish'), ('pt', 'Portuguese'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('original', models.BooleanField(default=False, verbose_name='original')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('abstract', models.TextField(blank=True, verbose_name='abstract')),
                ('abstract_by', models.CharField(blank=True, choices=[('source', 'Abstract of the source'), ('network', 'Description of the network')], max_length=8, verbose_name='who wrote the abstract')),
                ('translation_status', models.CharField(blank=True, choices=[('source', 'Published by its source'), ('title', 'Title translated by the network'), ('network', 'Translated by the network')], max_length=8, verbose_name='translation')),
                ('folded', pip_network.folding.columns.FoldedField('title')),
                ('searched', pip_network.folding.columns.FoldedField('title', 'abstract')),
            ],
            options={
                'verbose_name': 'expression',
                'verbose_name_plural': 'expressions',
                'ordering': ['-original', 'language'],
            },
        ),
        migrations.CreateModel(
            name='WorkCountry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('iso2', models.CharField(max_length=2, verbose_name='country')),
            ],
            options={
                'verbose_name': 'country of a work',
                'verbose_name_plural': 'countries of works',
                'ordering': ['iso2'],
            },
        ),
        migrations.CreateModel(
            name='WorkTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(choices=[('coverage', 'Coverage'), ('association', 'Association'), ('innovation', 'Innovation'), ('markets', 'Markets'), ('credit', 'Credit'), ('sales', 'Sales'), ('employment', 'Employment'), ('productivity', 'Productivity'), ('sustainability', 'Sustainability'), ('institutions', 'Institutions')], max_length=20, verbose_name='theme')),
                ('inferred', models.BooleanField(default=False, verbose_name='inferred from the title')),
            ],
            options={
                'verbose_name': 'theme of a work',
                'verbose_name_plural': 'themes of works',
                'ordering': ['theme'],
            },
        ),
        migrations.CreateModel(
            name='WorkTypology',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typology', models.CharField(choices=[('redes_empresariales', 'Business networks'), ('cluster', 'Cluster'), ('sistema_territorial', 'Territorial systems'), ('cadena_proveedores', 'Supplier chains')], max_length=24, verbose_name='typology')),
                ('inferred', models.BooleanField(default=False, verbose_name='inferred from the title')),
            ],
            options={
                'verbose_name': 'typology of a work',
                'verbose_name_plural': 'typologies of works',
                'ordering': ['typology'],
            },
        ),
        migrations.AlterModelOptions(
            name='work',
            options={'ordering': (models.OrderBy(models.F('product'), nulls_last=True), 'code'), 'verbose_name': 'work', 'verbose_name_plural': 'works'},
        ),
        migrations.AddField(
            model_name='work',
            name='access',
            field=models.CharField(choices=[('public', 'Everybody'), ('network', 'Members of the network'), ('restricted', 'Named institutions and projects')], default='public', max_length=10, verbose_name='access'),
        ),
        migrations.AddField(
            model_name='work',
            name='doi',
            field=models.CharField(blank=True, max_length=120, verbose_name='DOI'),
        ),
        migrations.AddField(
            model_name='work',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='embargo until'),
        ),
        migrations.AddField(
            model_name='work',
            name='extent',
            field=models.CharField(blank=True, choices=[('regional', 'Regional'), ('global', 'Global')], max_length=10, verbose_name='reach'),
        ),
        migrations.AddField(
            model_name='work',
            name='first_public_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='public since'),
        ),
        migrations.AddField(
            model_name='work',
            name='institutions',
            field=models.ManyToManyField(blank=True, related_name='works', to='pip_network.institution', verbose_name='institutions'),
        ),
        migrations.AddField(
            model_name='work',
            name='licence',
            field=models.CharField(blank=True, max_length=120, verbose_name='licence'),
        ),
        migrations.AddField(
            model_name='work',
            name='networks',
            field=models.ManyToManyField(blank=True, related_name='works', to='projects.network', verbose_name='networks'),
        ),
        migrations.AddField(
            model_name='work',
            name='open_to_institutions',
            field=models.ManyToManyField(blank=True, related_name='+', to='pip_network.institution', verbose_name='open to institutions'),
        ),
        migrations.AddField(
            model_name='work',
            name='open_to_projects',
            field=models.ManyToManyField(blank=True, related_name='+', to='projects.project', verbose_name='open to projects'),
        ),
        migrations.AddField(
            model_name='work',
            name='projects',
            field=models.ManyToManyField(blank=True, related_name='works', to='projects.project', verbose_name='projects'),
        ),
        migrations.AddField(
            model_name='work',
            name='proposed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='proposed on'),
        ),
        migrations.AddField(
            model_name='work',
            name='proposed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='work',
            name='provenance_es',
            field=models.TextField(blank=True, verbose_name='provenance in Spanish'),
        ),
        migrations.AddField(
            model_name='work',
            name='provenance_pt',
            field=models.TextField(blank=True, verbose_name='provenance in Portuguese'),
        ),
        migrations.AddField(
            model_name='work',
            name='published_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='published on'),
        ),
        migrations.AddField(
            model_name='work',
            name='replaced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='knowledge.work', verbose_name='replaced by'),
        ),
        migrations.AddField(
            model_name='work',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='proposed', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='work',
            name='type',
            field=models.CharField(choices=[('book', 'Book or chapter'), ('article', 'Article'), ('paper', 'Working or technical paper'), ('report', 'Report'), ('evaluation', 'Evaluation'), ('case_study', 'Case study'), ('guide', 'Guide, manual or standard'), ('presentation', 'Conference paper or presentation')], default='report', max_length=12, verbose_name='type'),
        ),
        migrations.AddField(
            model_name='work',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='withdrawn on'),
        ),
        migrations.AddField(
            model_name='work',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='work',
            name='workshop',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='workshops.workshop', verbose_name='workshop'),
        ),
        migrations.AlterField(
            model_name='work',
            name='code',
            field=models.CharField(default=knowledge.codes.new_code, error_messages={'unique': 'Another work has this code already.'}, max_length=8, primary_key=True, serialize=False, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='work',
            name='provenance_en',
            field=models.TextField(blank=True, verbose_name='provenance in English'),
        ),
        migrations.AlterField(
            model_name='work',
            name='searched',
            field=pip_network.folding.columns.FoldedField('publisher', 'type_text', 'year_text', 'year', 'code'),
        ),
        migrations.AlterField(
            model_name='work',
            name='type_text',
            field=models.CharField(blank=True, max_length=80, verbose_name='type, as the source states it'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(fields=['state'], name='work_state'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'review', 'published', 'withdrawn'])), name='work_state_known', violation_error_message='A work is in one of the known states.'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(('access__in', ['public', 'network', 'restricted'])), name='work_access_known', violation_error_message='A work has one of the known accesses.'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='work_withdrawn_with_reason', violation_error_message='A work is withdrawn with a reason.'),
        ),
        migrations.AddField(
            model_name='audience',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audience', to='knowledge.work', verbose_name='work'),
        ),
        migrations.AddField(
            model_name='author',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='knowledge.work', verbose_name='work'),
        ),
        migrations.AddField(
            model_name='expression',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expressions', to='knowledge.work', verbose_name='work'),
        ),
        migrations.AddField(
            model_name='workcountry',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='countries', to='knowledge.work', verbose_name='work'),
        ),
        migrations.AddField(
            model_name='worktheme',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='knowledge.work', verbose_name='work'),
        ),
        migrations.AddField(
            model_name='worktypology',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='typologies', to='knowledge.work', verbose_name='work'),
        ),
        migrations.AddIndex(
            model_name='audience',
            index=models.Index(fields=['key'], name='audience_key'),
        ),
        migrations.AddConstraint(
            model_name='audience',
            constraint=models.UniqueConstraint(fields=('work', 'key'), name='audience_once', violation_error_message='The work stands under this key already.'),
        ),
        migrations.AddConstraint(
            model_name='author',
            constraint=models.UniqueConstraint(fields=('work', 'position'), name='author_position_once', violation_error_message='Another author stands at this place.'),
        ),
        migrations.AddConstraint(
            model_name='author',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('literal', ''), models.Q(('family', ''), _negated=True)), models.Q(models.Q(('literal', ''), _negated=True), ('family', ''), ('given', '')), _connector='OR'), name='author_person_or_body', violation_error_message='An author is a person or a body, not both.'),
        ),
        migrations.AddConstraint(
            model_name='expression',
            constraint=models.UniqueConstraint(fields=('work', 'language'), name='expression_once_a_language', violation_error_message='The work has a title in this language already.'),
        ),
        migrations.AddConstraint(
            model_name='expression',
            constraint=models.UniqueConstraint(condition=models.Q(('original', True)), fields=('work',), name='expression_one_original', violation_error_message='A work has one original.'),
        ),
        migrations.AddConstraint(
            model_name='expression',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['es', 'pt', 'en'])), name='expression_language_known', violation_error_message='A title is in one of the languages of the portal.'),
        ),
        migrations.AddConstraint(
            model_name='workcountry',
            constraint=models.UniqueConstraint(fields=('work', 'iso2'), name='work_country_once', violation_error_message='The work has this country already.'),
        ),
        migrations.AddConstraint(
            model_name='worktheme',
            constraint=models.UniqueConstraint(fields=('work', 'theme'), name='work_theme_once', violation_error_message='The work has this theme already.'),
        ),
        migrations.AddConstraint(
            model_name='worktypology',
            constraint=models.UniqueConstraint(fields=('work', 'typology'), name='work_typology_once', violation_error_message='The work has this typology already.'),
        ),
    ]
