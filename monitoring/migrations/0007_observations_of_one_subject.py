from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0006_one_draft_and_closed_lists")]

    operations = [
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=models.Q(("firm__isnull", False)), fields=["firm"], name="observation_of_firm"
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=models.Q(("network__isnull", False)), fields=["network"], name="observation_of_network"
            ),
        ),
    ]
