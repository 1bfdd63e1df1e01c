"""What the migrations before have carried over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0006_records_carried_over")]

    operations = [
        migrations.RemoveField("work", name)
        for name in ("authors_text", "country", "folded", "language", "language_text", "title")
    ]
