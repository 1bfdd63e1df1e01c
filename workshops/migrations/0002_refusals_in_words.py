"""What each rule of the tables says to a reader; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='workshop',
            name='number',
            field=models.PositiveSmallIntegerField(error_messages={'unique': 'Another workshop has this number already.'}, unique=True, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='workshop',
            name='slug',
            field=models.SlugField(error_messages={'unique': 'Another workshop has this identifier already.'}, max_length=60, unique=True, verbose_name='identifier'),
        ),
    ]
