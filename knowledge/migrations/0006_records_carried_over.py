"""What the old columns of works say, in expressions, authors and countries.

Only what can be read without doubt is taken apart: `Dini, M.; Ferraro, C.` are two people,
everything else is a body under its whole name. Whatever the library held was public.
"""

import re

from django.db import migrations
from django.utils import timezone

from pip_network.folding.columns import fill

PERSON = re.compile(r"(?P<family>[^\W\d_][\w' -]*), (?P<given>(?:[^\W\d_]\.[ -]?)+)$")
EDITORS = re.compile(r"\s*\(eds?\.\)$")
EXTENTS = {"Regional": "regional", "Global": "global"}
LANGUAGES = ("es", "pt", "en")
TYPES = {
    "artículo": "article",
    "buenas prácticas": "paper",
    "capítulo": "book",
    "cuaderno": "guide",
    "documento de discusión": "paper",
    "documento de trabajo": "paper",
    "documento técnico": "paper",
    "estudio de caso": "case_study",
    "evaluación": "evaluation",
    "folleto técnico": "paper",
    "guía": "guide",
    "guía de aprendizaje": "guide",
    "informe": "report",
    "informe de reunión": "report",
    "informe de trabajo": "paper",
    "informe técnico": "paper",
    "libro": "book",
    "manual": "guide",
    "memoria": "report",
    "norma": "guide",
    "nota técnica": "paper",
    "ponencia": "presentation",
    "póster/artículo": "presentation",
    "termo de referência": "guide",
}


def carry_over(apps, _schema_editor):
    model = apps.get_model
    work_of = model("knowledge", "Work")
    now = timezone.now()
    for work in work_of._base_manager.order_by("pk"):
        language = work.language if work.language in LANGUAGES else "es"
        expression = model("knowledge", "Expression")
        expression(work=work, language=language, original=True, title=work.title).save()
        for position, author in enumerate(authors_of(work.authors_text), 1):
            model("knowledge", "Author")(work=work, position=position, **author).save()
        if len(work.country) == 2 and work.country.isalpha():
            country = model("knowledge", "WorkCountry")
            country._base_manager.create(work=work, iso2=work.country.upper())
        audience = model("knowledge", "Audience")._base_manager
        for key in ("public", "staff"):
            audience.create(work=work, key=key)
        work.extent = EXTENTS.get(work.country, "")
        work.type = TYPES.get(work.type_text, "report")
        work.state, work.published_at, work.first_public_at = "published", now, now
        work.provenance_en = provenance_of(work)
        work.save()
    fill(work_of)


def authors_of(text):
    """Rows of `Author`, from `Pietrobelli, C.; Rabellotti, R. (eds.)`."""
    role = "editor" if EDITORS.search(text) else "author"
    for name in filter(None, map(str.strip, EDITORS.sub("", text).split(";"))):
        found = PERSON.match(name)
        yield {"role": role, **(found.groupdict() if found else {"literal": name[:200]})}


def provenance_of(work):
    """The note, and what the columns said besides that has no place any more."""
    said = [work.provenance_en]
    if work.language_text not in ("", work.language):
        said.append(f"language: {work.language_text}")
    if work.country and work.country not in EXTENTS and len(work.country) != 2:
        said.append(f"country or reach: {work.country}")
    return "; ".join(filter(None, said))


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0005_works_and_expressions")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
