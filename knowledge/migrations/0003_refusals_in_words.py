"""What each rule of the tables says to a reader; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0002_folded_text'),
    ]

    operations = [
        migrations.AlterField(
            model_name='work',
            name='number',
            field=models.CharField(error_messages={'unique': 'Another work has this number already.'}, max_length=6, primary_key=True, serialize=False, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='work',
            name='product',
            field=models.PositiveSmallIntegerField(blank=True, error_messages={'unique': 'Another work is this product of the programme already.'}, null=True, unique=True, verbose_name='product of the programme'),
        ),
    ]
