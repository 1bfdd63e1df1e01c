"""What the invented people write: explanations, remarks, reasons, narratives.

Spanish; Portuguese in Brazil.
"""

import random

EXPLANATIONS = {
    "sales_jump": (
        "Un contrato con una cadena de comercios cambió la escala; verificado con la declaración "
        "de impuestos.",
        "Perdió a su principal cliente a mitad de año; verificado con el contador.",
    ),
    "jobs_jump": (
        "Cambió de turno único a dos turnos; verificado con la planilla.",
        "Redujo personal al cerrar un taller.",
    ),
    "sales_without_jobs": ("Vendió existencias; el titular trabaja solo y sin sueldo.",),
    "jobs_without_sales": ("Empezó a producir en diciembre; todavía no había facturado.",),
    "outlier": (
        "Es la empresa más grande de la red y su escala es otra; el dato está verificado.",
    ),
    "foreign_without_exports": ("Las primeras ventas al exterior se facturan el año próximo.",),
    "credit_gt_sales": ("Crédito de largo plazo para comprar el galpón.",),
    "fomin_105": (
        "Se adelantó el último desembolso; la enmienda del presupuesto está en trámite.",
    ),
    "local_105": ("La contraparte aportó más de lo comprometido en especie.",),
    "joint_sales_le_sales": ("Incluye pedidos que se entregan en enero.",),
    "": (
        "Confirmado con la fuente; el dato es correcto.",
        "Revisado con la empresa: el valor es el informado.",
    ),
}
REMARKS = (
    "La cifra no coincide con la del respaldo enviado. ¿Puede revisarla?",
    "¿Incluye este valor las ventas a través de la red? Indique la fuente, por favor.",
    "El cambio respecto del período anterior es grande; falta una explicación.",
)
REMARKS_ANSWERED = (
    "Había un error de digitación; está corregido.",
    "Se revisó con la empresa y se corrigió la cifra.",
)
RETURN_NOTES = (
    "Gracias por el envío. Hay observaciones en algunas celdas; el resto está bien.",
    "Faltan aclaraciones en los datos de ventas. Quedamos a disposición para conversarlo.",
)
AMENDMENT_REASON = "Las empresas entregaron balances definitivos que cambian las ventas informadas."
RATES_REASON = "Promedios del período {period}, datos de demostración"
RESULTS_REASON = "El consejo acordó publicar con {round} los resultados de los proyectos mayores."
PUBLICATION_REASON = "Cierre de {round}: los informes del semestre están aprobados."
CORRECTION_REASON = "La fuente publicó el promedio definitivo de {period} para {currency}; el anterior era provisorio."
TARGETS_NOTE = "Según el marco lógico del proyecto y la línea de base de sus empresas."
TARGETS_REASON = "Acordadas en la visita, con el plan de trabajo a la vista."
TARGETS_AMENDED = "La empresa ancla redujo sus compras: no se llega a lo previsto."
TARGETS_AMENDED_REASON = "Se acordó en la revisión de medio término."
TARGETS_WAITING = "La mesa de crédito abrió una línea nueva para las empresas."
RATES_SOURCE = "Demostración: tasas inventadas"


def explanation(check: str, fell: bool, seed: str) -> str:
    """A word for a warning; changes that go up and down have their own (first and second)."""
    key = "outlier" if check.startswith("outlier") else check
    if key.endswith("_jump"):
        return EXPLANATIONS[key][fell]
    return random.Random(seed).choice(EXPLANATIONS.get(key, EXPLANATIONS[""]))


NARRATIVES = {
    "es": {
        "change": (
            "En el semestre las redes realizaron {actions} acciones conjuntas. {trend}",
            "Se completaron {actions} acciones colectivas entre {networks} redes. {trend}",
        ),
        "for_whom": (
            "Participan {firms} empresas en {networks} redes; {joined} se incorporaron en el "
            "semestre. {gone}",
            "Las beneficiarias directas son {firms} empresas, {joined} de ellas nuevas en este "
            "semestre. {gone}",
        ),
        "example": (
            "En la red {network}, {firm} compró insumos con otras empresas y bajó su costo; ahora "
            "propone vender en común.",
            "{firm}, de la red {network}, presentó un producto nuevo desarrollado con otras dos "
            "empresas de la red.",
            "La red {network} contrató en común a una asesora; {firm} fue la primera en aplicar "
            "los cambios.",
        ),
        "evidence": (
            "Actas de reuniones, facturas de compras conjuntas y planillas de asistencia, en la "
            "unidad ejecutora.",
            "Entrevistas a los titulares, declaraciones de impuestos y registros de cada red.",
        ),
        "learned": (
            "Comprar en común funcionó donde una persona de la red {network} llevaba los pedidos; "
            "donde nadie los llevaba, se abandonó. Volveríamos a empezar por nombrar a esa persona.",
            "Las reuniones largas alejan a los titulares: en la red {network} asisten más desde "
            "que duran una hora y terminan con un acuerdo escrito.",
            "Propusimos vender en común demasiado pronto. Primero hizo falta un logro pequeño que "
            "todas las empresas de la red {network} vieran.",
            "La visita a otra red convenció más que nuestros talleres; la próxima vez la haríamos "
            "al comienzo.",
        ),
    },
    "pt": {
        "change": (
            "No semestre as redes realizaram {actions} ações conjuntas. {trend}",
            "Foram concluídas {actions} ações coletivas em {networks} redes. {trend}",
        ),
        "for_whom": (
            "Participam {firms} empresas em {networks} redes; {joined} entraram no semestre. "
            "{gone}",
        ),
        "example": (
            "Na rede {network}, {firm} comprou insumos junto com outras empresas e reduziu o "
            "custo.",
            "{firm}, da rede {network}, lançou um produto novo desenvolvido com outras duas "
            "empresas.",
        ),
        "evidence": (
            "Atas de reuniões, notas fiscais das compras conjuntas e listas de presença.",
        ),
        "learned": (
            "Comprar em conjunto deu certo onde uma pessoa da rede {network} cuidava dos pedidos; "
            "onde ninguém cuidava, parou. Começaríamos de novo por escolher essa pessoa.",
            "A visita a outra rede convenceu mais que as nossas oficinas; da próxima vez a faríamos "
            "no começo.",
        ),
    },
}
# Parts of those sentences, by what the project did.
PHRASES = {
    "es": {
        "grew": "Los grupos con más de un año trabajan con más autonomía que los nuevos.",
        "new": "La mayor parte del trabajo fue de confianza y organización: los efectos "
        "comerciales se esperan más adelante.",
        "gone": "{count} dejaron de participar o cerraron.",
        "none_gone": "Ninguna dejó de participar.",
    },
    "pt": {
        "grew": "Os grupos com mais de um ano trabalham com mais autonomia que os novos.",
        "new": "A maior parte do trabalho foi de confiança e organização: os efeitos comerciais "
        "virão depois.",
        "gone": "{count} deixaram de participar ou fecharam.",
        "none_gone": "Nenhuma deixou de participar.",
    },
}
THEMES = ("change", "for_whom", "example", "evidence")
EARLY_REMARK = "¿Este monto incluye la última compra de envases? Conviene adjuntar las facturas antes de enviar."
EARLY_ANSWER = "Falta sumarla; la factura llega esta semana."
