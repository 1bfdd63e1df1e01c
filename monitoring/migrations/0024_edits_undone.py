from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("monitoring", "0023_moved_in_submissions"),
    ]

    operations = [
        migrations.AlterField(
            model_name='entrychange',
            name='door',
            field=models.CharField(choices=[('web', 'Web sheet'), ('undo', 'Web sheet, undone or redone'), ('workbook', 'Workbook'), ('command', 'Command'), ('admin', 'Administration'), ('system', 'System')], max_length=10),
        ),
    ]
