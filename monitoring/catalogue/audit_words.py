"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from monitoring.models import CatalogueVersion, Check, Indicator, Variable
from pip_network.audit.words import Kind, Words

WORDS = Words(
    groups={
        "catalogue": _("Catalogue"),
    },
    verbs={
        "catalogue.draft_started": _("Draft of the catalogue started"),
        "catalogue.draft_noted": _("Note of a draft of the catalogue changed"),
        "catalogue.row_added": _("Row added to a draft of the catalogue"),
        "catalogue.row_changed": _("Row of a draft of the catalogue changed"),
        "catalogue.row_removed": _("Row removed from a draft of the catalogue"),
        "catalogue.draft_discarded": _("Draft of the catalogue discarded"),
        "catalogue.published": _("Catalogue version published"),
    },
    kinds={
        "V": Kind(
            _("Catalogue version"),
            CatalogueVersion,
            (("admin:monitoring_catalogueversion_change", "object_id"),),
        ),
        "variable": Kind(_("Variable"), Variable),
        "indicator": Kind(_("Indicator"), Indicator),
        "check": Kind(_("Check"), Check),
    },
)
