from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='project',
            name='predecessors',
            field=models.ManyToManyField(blank=True, related_name='successors', to='projects.project', verbose_name='continues the work of'),
        ),
    ]
