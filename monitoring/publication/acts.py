"""What is done with what the public sees."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.models import ProjectPublication, Publication, PublicTables
from pip_network.people.access import Permission
from pip_network.web.acts import Act

from .actions import publish_round, withdraw_publication
from .forms import PublishForm, ReasonForm, ResultsForm
from .results import publish_results, withdraw_results
from .tables import request_tables


def _published(row: Publication) -> str:
    return _("The public sees %(round)s as of approval %(number)s.") % {
        "round": row.round_id,
        "number": row.as_of_id,
    }


def _results(rows: list[ProjectPublication]) -> str:
    return _("The public sees the results of %(projects)s.") % {
        "projects": ", ".join(row.project_id for row in rows)
    }


def _tables(kept: PublicTables) -> str:
    if kept.finished_at is not None:
        return _("It had been worked out already.")
    return _("It is being worked out: this takes about a minute.")


PREPARE = Act(
    name="admin:monitoring_publication_prepare",
    permission=Permission.PUBLISH_ROUNDS,
    action=request_tables,
    message=_tables,
)
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
    when=lambda row: row.is_in_force,
    form=ReasonForm,
    action=withdraw_publication,
    message=gettext_lazy("The public sees this round no more."),
)
PUBLISH_RESULTS = Act(
    name="admin:monitoring_projectpublication_publish",
    permission=Permission.PUBLISH_ROUNDS,
    form=ResultsForm,
    action=publish_results,
    message=_results,
)
WITHDRAW_RESULTS = Act(
    name="admin:monitoring_projectpublication_withdraw",
    permission=Permission.PUBLISH_ROUNDS,
    when=lambda row: row.is_in_force,
    form=ReasonForm,
    action=withdraw_results,
    message=gettext_lazy("The public sees these results no more."),
)
