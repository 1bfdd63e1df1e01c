"""The words of the roof in the audit trail: what happens to the portal as a whole."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={
        "portal": _("The portal"),
        "reference": _("Reference data"),
        "demo": _("Demonstration data"),
        "maintenance": _("Maintenance"),
    },
    verbs={
        "portal.restored": _("Portal restored from a backup"),
        "reference.loaded": _("Reference data loaded"),
        "demo.seeded": _("Demonstration data loaded"),
        "maintenance.started": _("Maintenance begun"),
        "maintenance.ended": _("Maintenance ended"),
    },
    wholes={
        "reference": _("Reference data"),
        "demonstration": _("Demonstration data"),
        "portal": _("The portal"),
    },
    processes={
        "seed_demo": _("Demonstration data"),
        "load_reference": _("Reference data"),
        "system:reference": _("Reference data"),
        "operator": _("The operator, from the command line"),
    },
)
