"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Kind, Words
from pip_network.models import Job, Mail

WORDS = Words(
    groups={
        "job": _("Jobs"),
        "mail": _("Mail"),
    },
    verbs={
        "job.cancelled": _("Job cancelled"),
        "mail.retried": _("Message sent again"),
        "mail.stopped": _("Letters of one kind stopped"),
        "mail.resumed": _("Letters of one kind wanted again"),
    },
    processes={"letter": _("Whoever has the letter")},
    kinds={
        "J": Kind(_("Job"), Job, (("job", "pk"),)),
        "mail": Kind(_("Message"), Mail, (("admin:pip_network_mail_change", "object_id"),)),
    },
)
