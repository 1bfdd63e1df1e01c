"""What is done with what the public sees."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.models import Publication
from pip_network.people.access import Permission
from pip_network.web.acts import Act

from .actions import publish_round, withdraw_publication
from .forms import PublishForm, ReasonForm


def _published(row: Publication) -> str:
    return _("The public sees %(round)s as of approval %(number)s.") % {
        "round": row.round_id,
        "number": row.as_of_id,
    }


PUBLISH = Act(
    name="admin:monitoring_publication_publish",
    permission=Permission.PUBLISH_ROUNDS,
    form=PublishForm,
    action=publish_round,
    message=_published,
)
WITHDRAW = Act(
    name="admin:monitoring_publication_withdraw",
    permission=Permission.PUBLISH_ROUNDS,
    when=lambda row: row.withdrawn_at is None,
    form=ReasonForm,
    action=withdraw_publication,
    message=gettext_lazy("The public sees this round no more."),
)
