"""What each rule of the tables says to a reader; nothing changes in the database."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pip_network', '0010_refusals_in_words'),
        ('projects', '0004_folded_text'),
    ]

    operations = [
        migrations.AlterField(
            model_name='country',
            name='iso2',
            field=models.CharField(error_messages={'unique': 'Another country has this code already.'}, max_length=2, primary_key=True, serialize=False, verbose_name='ISO code'),
        ),
        migrations.AlterField(
            model_name='network',
            name='code',
            field=models.CharField(error_messages={'unique': 'Another network has this code already.'}, max_length=24, primary_key=True, serialize=False, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='project',
            name='amount_fomin',
            field=models.DecimalField(decimal_places=2, max_digits=15, validators=[django.core.validators.MinValueValidator(0, 'An amount cannot be below zero.')], verbose_name='approved by MIF (US$)'),
        ),
        migrations.AlterField(
            model_name='project',
            name='amount_local',
            field=models.DecimalField(decimal_places=2, max_digits=15, validators=[django.core.validators.MinValueValidator(0, 'An amount cannot be below zero.')], verbose_name='approved counterpart (US$)'),
        ),
        migrations.AlterField(
            model_name='project',
            name='code',
            field=models.CharField(error_messages={'unique': 'Another project has this code already.'}, max_length=20, primary_key=True, serialize=False, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='projectfamily',
            name='code',
            field=models.SlugField(error_messages={'unique': 'Another family has this code already.'}, max_length=30, primary_key=True, serialize=False, verbose_name='code'),
        ),
        migrations.AlterConstraint(
            model_name='firm',
            name='firm_tax_id_once',
            constraint=models.UniqueConstraint(condition=models.Q(('tax_id', ''), _negated=True), fields=('country', 'tax_id'), name='firm_tax_id_once', violation_error_message='Another firm of the country has this tax identification.'),
        ),
        migrations.AlterConstraint(
            model_name='firm',
            name='firm_closing_has_reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('closing_reason', '')), models.Q(('closed_on__isnull', False), models.Q(('closing_reason', ''), _negated=True)), _connector='OR'), name='firm_closing_has_reason', violation_error_message='The closing of a firm has a day and a reason.'),
        ),
        migrations.AlterConstraint(
            model_name='firm',
            name='firm_anonymised_is_nameless',
            constraint=models.CheckConstraint(condition=models.Q(('anonymised_at__isnull', True), models.Q(('name', ''), ('tax_id', '')), _connector='OR'), name='firm_anonymised_is_nameless', violation_error_message='An anonymised firm has neither name nor tax identification.'),
        ),
        migrations.AlterConstraint(
            model_name='firm',
            name='firm_merged_is_archived',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('archived_at__isnull', False), models.Q(('merged_into', models.F('code')), _negated=True)), _connector='OR'), name='firm_merged_is_archived', violation_error_message='A merged firm is archived, and goes on as another one.'),
        ),
        migrations.AlterConstraint(
            model_name='firmdistinction',
            name='distinction_once',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='distinction_once', violation_error_message='It is said already that these two firms are different.'),
        ),
        migrations.AlterConstraint(
            model_name='firmdistinction',
            name='distinction_in_order',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='distinction_in_order', violation_error_message='A distinction names two firms, in the order of their codes.'),
        ),
        migrations.AlterConstraint(
            model_name='firmmerge',
            name='merge_once',
            constraint=models.UniqueConstraint(condition=models.Q(('split_at__isnull', True)), fields=('duplicate',), name='merge_once', violation_error_message='This firm is merged into another one already.'),
        ),
        migrations.AlterConstraint(
            model_name='firmmerge',
            name='merge_of_two',
            constraint=models.CheckConstraint(condition=models.Q(('survivor', models.F('duplicate')), _negated=True), name='merge_of_two', violation_error_message='A firm is not merged into itself.'),
        ),
        migrations.AlterConstraint(
            model_name='firmmerge',
            name='merge_split_by_somebody',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('split_at__isnull', True), ('split_by', '')), models.Q(('split_at__isnull', False), models.Q(('split_by', ''), _negated=True)), _connector='OR'), name='merge_split_by_somebody', violation_error_message='A merge that was taken back says when and by whom.'),
        ),
        migrations.AlterConstraint(
            model_name='membership',
            name='membership_open_once',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('firm', 'network'), name='membership_open_once', violation_error_message='The firm is in this network already.'),
        ),
        migrations.AlterConstraint(
            model_name='membership',
            name='membership_left_has_reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('leaving_reason', ''), ('left_on__isnull', True)), models.Q(('left_on__gte', models.F('joined_on')), models.Q(('leaving_reason', ''), _negated=True)), _connector='OR'), name='membership_left_has_reason', violation_error_message='Leaving has a reason, and a day not before that of joining.'),
        ),
        migrations.AlterConstraint(
            model_name='network',
            name='network_dissolved_after',
            constraint=models.CheckConstraint(condition=models.Q(('dissolved_on__isnull', True), ('dissolved_on__gte', models.F('constituted_on')), _connector='OR'), name='network_dissolved_after', violation_error_message='A network is not dissolved before it was constituted.'),
        ),
        migrations.AlterConstraint(
            model_name='network',
            name='network_typology_known',
            constraint=models.CheckConstraint(condition=models.Q(('typology__in', ['redes_empresariales', 'cluster', 'sistema_territorial', 'cadena_proveedores'])), name='network_typology_known', violation_error_message='A network has one of the known typologies.'),
        ),
        migrations.AlterConstraint(
            model_name='project',
            name='project_ends_after_start',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='project_ends_after_start', violation_error_message='A project ends after it starts.'),
        ),
        migrations.AlterConstraint(
            model_name='project',
            name='project_amounts_not_negative',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fomin__gte', 0), ('amount_local__gte', 0)), name='project_amounts_not_negative', violation_error_message='An amount cannot be below zero.'),
        ),
    ]
