"""A country keeps the currencies that it had, with their first days; none has changed yet."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0005_refusals_in_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='country',
            name='currency_dates',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='currencies and their first days'),
        ),
    ]
