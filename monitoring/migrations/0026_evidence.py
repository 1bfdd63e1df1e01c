import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0025_who_is_in_a_sheet'),
        ('pip_network', '0032_due_days'),
        ('projects', '0008_keys_of_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('place', models.CharField(choices=[('cell', 'Value'), ('explanation', 'Explanation'), ('narrative', 'Narrative'), ('remark', 'Remark')], max_length=11)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(choices=[('regular', 'Regular'), ('baseline', 'Baseline')], default='regular', max_length=8)),
                ('variable_code', models.CharField(blank=True, max_length=40)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('format', models.CharField(blank=True, choices=[('pdf', 'PDF document'), ('docx', 'Word document (DOCX)'), ('xlsx', 'Excel workbook (XLSX)'), ('pptx', 'PowerPoint slides (PPTX)'), ('odt', 'OpenDocument text (ODT)'), ('ods', 'OpenDocument sheets (ODS)'), ('odp', 'OpenDocument slides (ODP)'), ('csv', 'Comma-separated text (CSV)'), ('txt', 'Plain text'), ('png', 'PNG picture'), ('jpeg', 'JPEG picture')], max_length=10, verbose_name='format')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size in bytes')),
                ('added_at', models.DateTimeField(verbose_name='attached on')),
                ('taken_away_at', models.DateTimeField(blank=True, null=True)),
                ('taken_away_for', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_in', models.ForeignKey(db_column='approved_in', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.approval')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('remark', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.remark')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.round')),
                ('stored', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pip_network.stored')),
                ('superseded_in', models.ForeignKey(blank=True, db_column='superseded_in', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.approval')),
                ('taken_away_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'piece of evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('place', models.CharField(choices=[('cell', 'Value'), ('explanation', 'Explanation'), ('narrative', 'Narrative'), ('remark', 'Remark')], max_length=11)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(choices=[('regular', 'Regular'), ('baseline', 'Baseline')], default='regular', max_length=8)),
                ('variable_code', models.CharField(blank=True, max_length=40)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('format', models.CharField(blank=True, choices=[('pdf', 'PDF document'), ('docx', 'Word document (DOCX)'), ('xlsx', 'Excel workbook (XLSX)'), ('pptx', 'PowerPoint slides (PPTX)'), ('odt', 'OpenDocument text (ODT)'), ('ods', 'OpenDocument sheets (ODS)'), ('odp', 'OpenDocument slides (ODP)'), ('csv', 'Comma-separated text (CSV)'), ('txt', 'Plain text'), ('png', 'PNG picture'), ('jpeg', 'JPEG picture')], max_length=10, verbose_name='format')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size in bytes')),
                ('added_at', models.DateTimeField(verbose_name='attached on')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('carried', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.evidence')),
                ('remark', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.remark')),
                ('stored', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pip_network.stored')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence_drafts', to='monitoring.submission')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['submission', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['approved_in'], name='evidence_approved'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('remark__isnull', True), ('superseded_in__isnull', True)), fields=('project', 'round', 'place', 'subject', 'kind', 'variable_code', 'sha256'), name='evidence_live_once', violation_error_message='The record holds this already.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('remark__isnull', False), ('superseded_in__isnull', True)), fields=('remark', 'sha256'), name='evidence_live_once_by_remark', violation_error_message='The record holds this already.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('superseded_in__isnull', True), ('superseded_in__gt', models.F('approved_in')), _connector='OR'), name='evidence_superseded_later', violation_error_message='A row of the record is replaced only by a later approval.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('stored__isnull', False), ('taken_away_at__isnull', True)), models.Q(models.Q(('address', ''), _negated=True), ('format', ''), ('stored__isnull', True), ('taken_away_at__isnull', True)), models.Q(('address', ''), ('stored__isnull', True), ('taken_away_at__isnull', False), ('taken_away_by__isnull', False), models.Q(('taken_away_for', ''), _negated=True)), _connector='OR'), name='evidence_taken_away_for_reason', violation_error_message='A file that was taken away says when, by whom and why.'),
        ),
        migrations.AddConstraint(
            model_name='evidencedraft',
            constraint=models.UniqueConstraint(condition=models.Q(('remark__isnull', True)), fields=('submission', 'place', 'subject', 'kind', 'variable_code', 'sha256'), name='evidence_draft_once', violation_error_message='This is attached here already.'),
        ),
        migrations.AddConstraint(
            model_name='evidencedraft',
            constraint=models.UniqueConstraint(condition=models.Q(('remark__isnull', False)), fields=('remark', 'sha256'), name='evidence_draft_once_by_remark', violation_error_message='This is attached here already.'),
        ),
    ]
