"""The country of each institution, read from what its source says. The table of names is that of this day."""

import re

from django.db import migrations

NAMES = {
    "argentina": "AR", "alemania": "DE", "brasil": "BR", "chile": "CL", "colombia": "CO", "costa rica": "CR",
    "ecuador": "EC", "ee. uu.": "US", "españa": "ES", "jamaica": "JM", "méxico": "MX", "países bajos": "NL",
    "perú": "PE", "rep. dominicana": "DO", "suiza": "CH", "uruguay": "UY", "venezuela": "VE",
}


def fill(apps, _editor):
    institution = apps.get_model("pip_network", "Institution")
    for row in institution.objects.filter(iso2=""):
        iso2 = NAMES.get(re.sub(r"\s*\(.*\)\s*$", "", row.country).strip().lower(), "")
        if iso2:
            institution.objects.filter(pk=row.pk).update(iso2=iso2)


class Migration(migrations.Migration):
    dependencies = [("pip_network", "0002_institution_country_and_archive")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
