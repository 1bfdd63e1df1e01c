"""What the portal asks of an indicator becomes columns of the catalogue, filled as the code said it until now.

Every version there is gets them, the published ones too: nothing that is computed, asked or compared changes with it, and
`defined_in` stays. The definition of `operating` named a file of this repository to its readers; it says the rule now.
"""

from django.db import migrations, models

INDICATORS: dict[str, dict[str, object]] = {
    "Z01": {"shown_in": "projects", "drawn_as": "line"},
    "Z04": {"drawn_as": "dots", "alert": "spending"},
    "Z05": {"alert": "counterpart"},
    "A01": {"featured_order": 1, "drawn_as": "pairs"},
    "A02": {"featured_order": 1},
    "A03": {"featured_order": 2, "leading_order": 8, "drawn_as": "line;dots"},
    "A04": {"featured_order": 3},
    "A07": {"featured_order": 2},
    "B01": {
        "shown_in": "portfolio;trends;projects",
        "featured_order": 3,
        "attrition_order": 2,
        "leading_order": 6,
        "drawn_as": "line;pairs",
    },
    "B03": {"featured_order": 4},
    "C01": {
        "shown_in": "portfolio;trends;projects",
        "attrition_order": 1,
        "leading_order": 7,
        "drawn_as": "line;pairs",
    },
    "C02": {"featured_order": 4},
    "C03": {"shown_in": "portfolio;projects", "featured_order": 6},
    "C04": {"featured_order": 3},
    "C05": {"featured_order": 1},
    "C06": {"featured_order": 2},
    "D01": {
        "shown_in": "portfolio;trends;projects",
        "attrition_order": 3,
        "drawn_as": "line;pairs",
    },
    "E01": {"attrition_order": 4, "leading_order": 1},
    "E02": {
        "prices": "constant",
        "shown_in": "portfolio;trends;projects",
        "featured_order": 5,
        "leading_order": 2,
        "drawn_as": "line;change",
    },
    "E03": {"prices": "constant", "drawn_as": "dots"},
    "F01": {"attrition_order": 5, "leading_order": 3, "alert": "reconstructed"},
    "F02": {
        "shown_in": "portfolio;trends;projects",
        "featured_order": 10,
        "leading_order": 4,
        "drawn_as": "change",
    },
    "F03": {"drawn_as": "pairs"},
    "G01": {"drawn_as": "pairs"},
    "G02": {"drawn_as": "line"},
    "G03": {"featured_order": 6},
    "H01": {"featured_order": 6},
    "H02": {"shown_in": "portfolio;trends;projects", "featured_order": 7, "drawn_as": "line"},
    "H03": {"attrition_order": 6, "leading_order": 5, "drawn_as": "dots"},
    "I01": {"featured_order": 5},
    "I02": {"featured_order": 6},
    "I03": {"featured_order": 7},
    "I04": {"featured_order": 8},
    "I05": {"estimate": True, "featured_order": 9},
}
# By code: in Spanish, English and Portuguese.
SENTENCES = {
    "Z01": (
        "En {period}, {value} empresas tuvieron al menos una actividad registrada ({basis}).",
        "In {period}, {value} firms had at least one recorded activity ({basis}).",
        "Em {period}, {value} empresas tiveram ao menos uma atividade registrada ({basis}).",
    ),
    "A03": (
        "En {period}, el {value} de las empresas que respondieron participó en al menos una acción colectiva ({basis}).",
        "In {period}, {value} of the firms that answered took part in at least one joint action ({basis}).",
        "Em {period}, {value} das empresas que responderam participaram de ao menos uma ação coletiva ({basis}).",
    ),
    "B01": (
        "En {period}, el {value} de las empresas que respondieron declaró al menos una innovación de producto o de proceso ({basis}).",
        "In {period}, {value} of the firms that answered introduced at least one product or process innovation ({basis}).",
        "Em {period}, {value} das empresas que responderam declararam ao menos uma inovação de produto ou de processo ({basis}).",
    ),
    "C01": (
        "En {period}, el {value} de las empresas que respondieron exportó ({basis}).",
        "In {period}, {value} of the firms that answered exported ({basis}).",
        "Em {period}, {value} das empresas que responderam exportaram ({basis}).",
    ),
    "D01": (
        "En {period}, el {value} de las empresas que respondieron obtuvo crédito formal ({basis}).",
        "In {period}, {value} of the firms that answered obtained formal credit ({basis}).",
        "Em {period}, {value} das empresas que responderam obtiveram crédito formal ({basis}).",
    ),
    "E02": (
        "Las {n} empresas con ambos datos vendieron {now} en {period} y {base} en su línea de base, a precios constantes.",
        "The {n} firms with data at both dates sold {now} in {period} and {base} at their baseline, at constant prices.",
        "As {n} empresas com ambos os dados venderam {now} em {period} e {base} em sua linha de base, a preços constantes.",
    ),
    "F02": (
        "Las {n} empresas con ambos datos tenían {now} puestos ETJ en {period} y {base} en su línea de base.",
        "The {n} firms with data at both dates had {now} full-time-equivalent jobs in {period} and {base} at their baseline.",
        "As {n} empresas com ambos os dados tinham {now} postos ETI em {period} e {base} em sua linha de base.",
    ),
    "F03": (
        "En {period}, las mujeres ocupaban el {value} de los puestos ETJ ({basis}).",
        "In {period}, women held {value} of the full-time-equivalent jobs ({basis}).",
        "Em {period}, as mulheres ocupavam {value} dos postos ETI ({basis}).",
    ),
    "G01": (
        "En {period}, las ventas por trabajador ETJ fueron {value} ({basis}).",
        "In {period}, sales per full-time-equivalent worker were {value} ({basis}).",
        "Em {period}, as vendas por trabalhador ETI foram {value} ({basis}).",
    ),
    "H02": (
        "En {period}, los socios pagaron el {value} del costo de coordinar sus redes ({basis}).",
        "In {period}, members paid {value} of the cost of coordinating their networks ({basis}).",
        "Em {period}, os sócios pagaram {value} do custo de coordenar suas redes ({basis}).",
    ),
    "H03": (
        "En {period}, el {value} de las empresas con línea de base seguía operando ({basis}).",
        "In {period}, {value} of the firms with a baseline were operating ({basis}).",
        "Em {period}, {value} das empresas com linha de base seguiam em operação ({basis}).",
    ),
}
# Of `operating`, by column: what it said, what it says.
OPERATING = {
    "definition_es": (
        "La empresa sigue operando en la fecha de cierre. Lo escribe el sistema según las reglas (rules.md).",
        "La empresa sigue operando en la fecha de cierre. Lo escribe el sistema: sí mientras la empresa es miembro activo y responde, no desde que cierra.",
    ),
    "definition_en": (
        "The firm is still operating on the closing date. The system writes it by the rules (rules.md).",
        "The firm is still operating on the closing date. The system writes it: yes while the firm is an active member and answers, no once it has closed.",
    ),
    "definition_pt": (
        "A empresa continua operando na data de fechamento. O sistema o escreve segundo as regras (rules.md).",
        "A empresa continua operando na data de fechamento. O sistema o escreve: sim enquanto a empresa é membro ativo e responde, não desde que fecha.",
    ),
}


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    indicators = apps.get_model("monitoring", "Indicator").objects.using(using)
    for code, columns in INDICATORS.items():
        indicators.filter(code=code).update(**columns)
    for code, (spanish, english, portuguese) in SENTENCES.items():
        indicators.filter(code=code).update(
            sentence_es=spanish, sentence_en=english, sentence_pt=portuguese
        )
    for column, (before, after) in OPERATING.items():
        say(apps, using, column, before, after)


def restore_words(apps, schema_editor):
    for column, (before, after) in OPERATING.items():
        say(apps, schema_editor.connection.alias, column, after, before)


def say(apps, using, column, before, after):
    """Only where the words are those of the first catalogue: what people wrote themselves stays."""
    variables = apps.get_model("monitoring", "Variable").objects.using(using)
    variables.filter(code="operating", **{column: before}).update(**{column: after})


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0007_observations_of_one_subject")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="alert",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reconstructed", "Reconstructed baselines"),
                    ("spending", "Spending behind time"),
                    ("counterpart", "Counterpart behind spending"),
                ],
                max_length=16,
                verbose_name="alert that it opens",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="attrition_order",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="order in the table of attrition"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="drawn_as",
            field=models.CharField(blank=True, max_length=40, verbose_name="charts"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="estimate",
            field=models.BooleanField(default=False, verbose_name="an estimate of the project"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="featured_order",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="order among the featured"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="leading_order",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="order among those that lead a text"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="prices",
            field=models.CharField(
                blank=True,
                choices=[("constant", "Always constant prices")],
                max_length=10,
                verbose_name="prices",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="sentence_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="sentence in English"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="sentence_es",
            field=models.CharField(blank=True, max_length=300, verbose_name="sentence in Spanish"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="sentence_pt",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="sentence in Portuguese"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="shown_in",
            field=models.CharField(
                blank=True, max_length=60, verbose_name="leading places it stands in"
            ),
        ),
        migrations.RunPython(fill, restore_words),
    ]
