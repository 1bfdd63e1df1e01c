"""Works are found by their year, country and number too: the text that is searched is filled anew."""

from django.db import migrations

import pip_network.folding.columns
from pip_network.folding.columns import fill


def fill_columns(apps, _schema_editor):
    fill(apps.get_model("knowledge", "Work"))


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_refusals_in_words")]

    operations = [
        migrations.AlterField(
            model_name="work",
            name="searched",
            field=pip_network.folding.columns.FoldedField(
                "title", "authors", "publisher", "type", "year_text", "year", "country", "number"
            ),
        ),
        migrations.RunPython(fill_columns, migrations.RunPython.noop),
    ]
