"""What each rule of the tables says to a reader; nothing changes in the database."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0014_what_format_1_left_out'),
        ('projects', '0005_refusals_in_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='unit',
            name='code',
            field=models.CharField(error_messages={'unique': 'Another unit has this code already.'}, max_length=30, primary_key=True, serialize=False, verbose_name='code'),
        ),
        migrations.AlterConstraint(
            model_name='approval',
            name='approval_two_people',
            constraint=models.CheckConstraint(condition=models.Q(('author__isnull', True), models.Q(('author', models.F('approver')), _negated=True), _connector='OR'), name='approval_two_people', violation_error_message='Who approves is not who submitted.'),
        ),
        migrations.AlterConstraint(
            model_name='approval',
            name='approval_of_something',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('kind', 'submission'), ('submission__isnull', False)), models.Q(('kind__in', ['registry', 'rates', 'catalogue']), ('submission__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='approval_of_something', violation_error_message='An approval names its submission, or its reason.'),
        ),
        migrations.AlterConstraint(
            model_name='approval',
            name='approval_by_somebody',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', False), ('process', '')), models.Q(('approver__isnull', True), ('author__isnull', True), ('kind', 'catalogue'), models.Q(('process', ''), _negated=True)), _connector='OR'), name='approval_by_somebody', violation_error_message='An approval has an approver, or names its process.'),
        ),
        migrations.AlterConstraint(
            model_name='catalogueversion',
            name='catalogue_one_draft',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('status',), name='catalogue_one_draft', violation_error_message='There is a draft of the catalogue already.'),
        ),
        migrations.AlterConstraint(
            model_name='check',
            name='check_once_per_version',
            constraint=models.UniqueConstraint(fields=('catalogue', 'code'), name='check_once_per_version', violation_error_message='This version has a check with this code already.'),
        ),
        migrations.AlterConstraint(
            model_name='entry',
            name='entry_once',
            constraint=models.UniqueConstraint(fields=('submission', 'subject', 'kind', 'variable'), name='entry_once', violation_error_message='This cell has a value already.'),
        ),
        migrations.AlterConstraint(
            model_name='entry',
            name='entry_subject_matches',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('firm__isnull', False), ('level', 'firm'), ('network__isnull', True), ('subject', django.db.models.functions.text.Concat(models.Value('F:'), models.F('firm_id')))), models.Q(('firm__isnull', True), ('level', 'network'), ('network__isnull', False), ('subject', django.db.models.functions.text.Concat(models.Value('N:'), models.F('network_id')))), models.Q(('firm__isnull', True), ('level', 'project'), ('network__isnull', True), ('subject', django.db.models.functions.text.Concat(models.Value('P:'), models.F('project_id')))), _connector='OR'), name='entry_subject_matches', violation_error_message='A value belongs to one firm, network or project.'),
        ),
        migrations.AlterConstraint(
            model_name='entry',
            name='entry_value_or_reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing', ''), ('value__isnull', False)), models.Q(('value__isnull', True), models.Q(('missing', ''), _negated=True)), _connector='OR'), name='entry_value_or_reason', violation_error_message='A cell has a value or a reason why there is none.'),
        ),
        migrations.AlterConstraint(
            model_name='explanation',
            name='explanation_live_once',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_in__isnull', True)), fields=('measurement', 'check_code'), name='explanation_live_once', violation_error_message='The record holds this already.'),
        ),
        migrations.AlterConstraint(
            model_name='explanation',
            name='explanation_has_words',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='explanation_has_words', violation_error_message='An explanation has words.'),
        ),
        migrations.AlterConstraint(
            model_name='explanation',
            name='explanation_superseded_later',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_in__isnull', True), ('superseded_in__gt', models.F('approved_in')), _connector='OR'), name='explanation_superseded_later', violation_error_message='A row of the record is replaced only by a later approval.'),
        ),
        migrations.AlterConstraint(
            model_name='indicator',
            name='indicator_once_per_version',
            constraint=models.UniqueConstraint(fields=('catalogue', 'code'), name='indicator_once_per_version', violation_error_message='This version has an indicator with this code already.'),
        ),
        migrations.AlterConstraint(
            model_name='measurement',
            name='measurement_live_regular',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'regular'), ('superseded_in__isnull', True)), fields=('project', 'subject', 'variable_code', 'round'), name='measurement_live_regular', violation_error_message='The record holds this already.'),
        ),
        migrations.AlterConstraint(
            model_name='measurement',
            name='measurement_live_baseline',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'baseline'), ('superseded_in__isnull', True)), fields=('project', 'subject', 'variable_code'), name='measurement_live_baseline', violation_error_message='The record holds this already.'),
        ),
        migrations.AlterConstraint(
            model_name='measurement',
            name='measurement_subject_matches',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('firm__isnull', False), ('level', 'firm'), ('network__isnull', True), ('subject', django.db.models.functions.text.Concat(models.Value('F:'), models.F('firm_id')))), models.Q(('firm__isnull', True), ('level', 'network'), ('network__isnull', False), ('subject', django.db.models.functions.text.Concat(models.Value('N:'), models.F('network_id')))), models.Q(('firm__isnull', True), ('level', 'project'), ('network__isnull', True), ('subject', django.db.models.functions.text.Concat(models.Value('P:'), models.F('project_id')))), _connector='OR'), name='measurement_subject_matches', violation_error_message='A value belongs to one firm, network or project.'),
        ),
        migrations.AlterConstraint(
            model_name='measurement',
            name='measurement_value_or_reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing', ''), ('value__isnull', False)), models.Q(('value__isnull', True), models.Q(('missing', ''), _negated=True)), _connector='OR'), name='measurement_value_or_reason', violation_error_message='A cell has a value or a reason why there is none.'),
        ),
        migrations.AlterConstraint(
            model_name='measurement',
            name='measurement_superseded_later',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_in__isnull', True), ('superseded_in__gt', models.F('approved_in')), _connector='OR'), name='measurement_superseded_later', violation_error_message='A row of the record is replaced only by a later approval.'),
        ),
        migrations.AlterConstraint(
            model_name='narrative',
            name='narrative_live_once',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_in__isnull', True)), fields=('project', 'round', 'theme'), name='narrative_live_once', violation_error_message='The record holds this already.'),
        ),
        migrations.AlterConstraint(
            model_name='narrativedraft',
            name='narrative_draft_once',
            constraint=models.UniqueConstraint(fields=('submission', 'theme'), name='narrative_draft_once', violation_error_message='The theme has a text in this submission already.'),
        ),
        migrations.AlterConstraint(
            model_name='observation',
            name='observation_live_regular',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'regular'), ('superseded_in__isnull', True)), fields=('project', 'subject', 'round'), name='observation_live_regular', violation_error_message='The record holds this already.'),
        ),
        migrations.AlterConstraint(
            model_name='observation',
            name='observation_live_baseline',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'baseline'), ('superseded_in__isnull', True)), fields=('project', 'subject'), name='observation_live_baseline', violation_error_message='The record holds this already.'),
        ),
        migrations.AlterConstraint(
            model_name='observation',
            name='observation_subject_matches',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('firm__isnull', False), ('level', 'firm'), ('network__isnull', True), ('subject', django.db.models.functions.text.Concat(models.Value('F:'), models.F('firm_id')))), models.Q(('firm__isnull', True), ('level', 'network'), ('network__isnull', False), ('subject', django.db.models.functions.text.Concat(models.Value('N:'), models.F('network_id')))), models.Q(('firm__isnull', True), ('level', 'project'), ('network__isnull', True), ('subject', django.db.models.functions.text.Concat(models.Value('P:'), models.F('project_id')))), _connector='OR'), name='observation_subject_matches', violation_error_message='A value belongs to one firm, network or project.'),
        ),
        migrations.AlterConstraint(
            model_name='observation',
            name='observation_superseded_later',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_in__isnull', True), ('superseded_in__gt', models.F('approved_in')), _connector='OR'), name='observation_superseded_later', violation_error_message='A row of the record is replaced only by a later approval.'),
        ),
        migrations.AlterConstraint(
            model_name='observationnetwork',
            name='observation_network_position_once',
            constraint=models.UniqueConstraint(fields=('observation', 'position'), name='observation_network_position_once', violation_error_message='A unit has one network at each position.'),
        ),
        migrations.AlterConstraint(
            model_name='publication',
            name='publication_withdrawn_whole',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_because', ''), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='publication_withdrawn_whole', violation_error_message='A withdrawal says when, by whom and why.'),
        ),
        migrations.AlterConstraint(
            model_name='rate',
            name='rate_live_once',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_in__isnull', True)), fields=('currency', 'period'), name='rate_live_once', violation_error_message='There is a rate of this currency and period already.'),
        ),
        migrations.AlterConstraint(
            model_name='rate',
            name='rate_positive',
            constraint=models.CheckConstraint(condition=models.Q(('cpi__gt', 0), ('usd_rate__gt', 0)), name='rate_positive', violation_error_message='A rate and a price index are above zero.'),
        ),
        migrations.AlterConstraint(
            model_name='recordhead',
            name='recordhead_single',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='recordhead_single', violation_error_message='The record has one head.'),
        ),
        migrations.AlterConstraint(
            model_name='remark',
            name='remark_resolved_by_somebody',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='remark_resolved_by_somebody', violation_error_message='A resolved remark says when and by whom.'),
        ),
        migrations.AlterConstraint(
            model_name='round',
            name='round_once',
            constraint=models.UniqueConstraint(fields=('year', 'half'), name='round_once', violation_error_message='There is a round of this semester already.'),
        ),
        migrations.AlterConstraint(
            model_name='round',
            name='round_half_known',
            constraint=models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='round_half_known', violation_error_message='A year has two semesters: 1 and 2.'),
        ),
        migrations.AlterConstraint(
            model_name='submission',
            name='submission_once',
            constraint=models.UniqueConstraint(fields=('project', 'round'), name='submission_once', violation_error_message='The project has a submission for this round already.'),
        ),
        migrations.AlterConstraint(
            model_name='submission',
            name='submission_status_known',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'returned', 'approved'])), name='submission_status_known', violation_error_message='A submission has one of the known states.'),
        ),
        migrations.AlterConstraint(
            model_name='submission',
            name='submission_has_author',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'returned']), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='submission_has_author', violation_error_message='What was submitted says when and by whom.'),
        ),
        migrations.AlterConstraint(
            model_name='submission',
            name='submission_decided_by_somebody',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='submission_decided_by_somebody', violation_error_message='What was decided says when and by whom.'),
        ),
        migrations.AlterConstraint(
            model_name='submission',
            name='submission_amended_for_reason',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 1), models.Q(('amendment_reason', ''), _negated=True), _connector='OR'), name='submission_amended_for_reason', violation_error_message='An amendment says why.'),
        ),
        migrations.AlterConstraint(
            model_name='submission',
            name='submission_review_begun_by_somebody',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('review_begun_at__isnull', True), ('review_begun_by__isnull', True)), models.Q(('review_begun_at__isnull', False), ('review_begun_by__isnull', False)), _connector='OR'), name='submission_review_begun_by_somebody', violation_error_message='A review that has begun says when and by whom.'),
        ),
        migrations.AlterConstraint(
            model_name='variable',
            name='variable_once_per_version',
            constraint=models.UniqueConstraint(fields=('catalogue', 'code'), name='variable_once_per_version', violation_error_message='This version has a variable with this code already.'),
        ),
        migrations.AlterConstraint(
            model_name='variable',
            name='variable_defined_by_its_version',
            constraint=models.CheckConstraint(condition=models.Q(('defined_in__gte', 1), ('defined_in__lte', models.F('catalogue'))), name='variable_defined_by_its_version', violation_error_message='A variable was defined in its own version or an earlier one.'),
        ),
    ]
