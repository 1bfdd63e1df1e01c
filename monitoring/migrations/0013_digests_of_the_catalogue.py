import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0012_review_begun_by_somebody'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogueDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('columns', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'digest of the catalogue',
                'verbose_name_plural': 'digests of the catalogue',
                'ordering': ['catalogue'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='approval',
            name='approval_of_something',
        ),
        migrations.AddField(
            model_name='approval',
            name='completes',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='approval',
            name='process',
            field=models.CharField(blank=True, max_length=40, verbose_name='process'),
        ),
        migrations.AlterField(
            model_name='approval',
            name='approver',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approver'),
        ),
        migrations.AlterField(
            model_name='approval',
            name='kind',
            field=models.CharField(choices=[('submission', 'Submission'), ('registry', 'Correction of the registry'), ('rates', 'Exchange rates and prices'), ('catalogue', 'Definitions of the catalogue')], max_length=10, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('kind', 'submission'), ('submission__isnull', False)), models.Q(('kind__in', ['registry', 'rates', 'catalogue']), ('submission__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='approval_of_something'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', False), ('process', '')), models.Q(('approver__isnull', True), ('author__isnull', True), ('kind', 'catalogue'), models.Q(('process', ''), _negated=True)), _connector='OR'), name='approval_by_somebody'),
        ),
        migrations.AddField(
            model_name='cataloguedigest',
            name='approved_in',
            field=models.ForeignKey(db_column='approved_in', on_delete=django.db.models.deletion.PROTECT, related_name='catalogues', to='monitoring.approval'),
        ),
        migrations.AddField(
            model_name='cataloguedigest',
            name='catalogue',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stated', to='monitoring.catalogueversion'),
        ),
    ]
