"""What each rule of the tables says to a reader; nothing changes in the database."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pip_network', '0009_key_of_mail'),
    ]

    operations = [
        migrations.AlterField(
            model_name='institution',
            name='slug',
            field=models.SlugField(error_messages={'unique': 'Another institution has this identifier already.'}, max_length=80, unique=True, verbose_name='identifier'),
        ),
        migrations.AlterField(
            model_name='user',
            name='email',
            field=models.EmailField(error_messages={'unique': 'An account has this e-mail address already.'}, max_length=254, unique=True, verbose_name='e-mail address'),
        ),
        migrations.AlterConstraint(
            model_name='invitation',
            name='invitation_open_once',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), name='invitation_open_once', violation_error_message='An invitation for this is open already.'),
        ),
        migrations.AlterConstraint(
            model_name='invitation',
            name='invitation_accepted_by_somebody',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_by_somebody', violation_error_message='An accepted invitation names its day and its account.'),
        ),
        migrations.AlterConstraint(
            model_name='invitation',
            name='invitation_ends_once',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_ends_once', violation_error_message='An invitation is accepted or withdrawn, not both.'),
        ),
        migrations.AlterConstraint(
            model_name='job',
            name='job_status_known',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'running', 'done', 'failed', 'cancelled'])), name='job_status_known', violation_error_message='A job has one of the known states.'),
        ),
        migrations.AlterConstraint(
            model_name='job',
            name='job_finished_has_time',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('status__in', ['queued', 'running'])), models.Q(('finished_at__isnull', False), ('status__in', ['done', 'failed', 'cancelled'])), _connector='OR'), name='job_finished_has_time', violation_error_message='A job has a time of ending when it has ended, and only then.'),
        ),
        migrations.AlterConstraint(
            model_name='job',
            name='job_failed_has_reason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='job_failed_has_reason', violation_error_message='A job that failed says why.'),
        ),
        migrations.AlterConstraint(
            model_name='roleassignment',
            name='role_ends_after_start',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='role_ends_after_start', violation_error_message='A role does not end before it begins.'),
        ),
        migrations.AlterConstraint(
            model_name='roleassignment',
            name='role_open_once',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'role', 'scope'), name='role_open_once', violation_error_message='This person has this role there already.'),
        ),
        migrations.AlterConstraint(
            model_name='user',
            name='user_email_once',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once', violation_error_message='An account has this e-mail address already.'),
        ),
    ]
