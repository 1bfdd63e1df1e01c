"""What is done with a draft of the catalogue, besides writing its rows."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.catalogue import draft_rows, drafts
from monitoring.catalogue.contents import Row
from monitoring.models import CatalogueVersion
from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web.acts import Act, ActForm
from pip_network.web.errors import DomainError


class PublishForm(ActForm):
    """Asks why a version is published."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=drafts.NOTE,
        widget=forms.Textarea(attrs={"rows": "3", "aria-describedby": "id_reason_helptext"}),
        help_text=gettext_lazy("Why it is published now. It stays in the history of the version."),
    )

    def arguments(self) -> dict[str, Any]:
        """With what was looked at: it is what is published."""
        return {**self.cleaned_data, "seen": self.data.get("seen", "")}

    def refuse(self, error: DomainError) -> None:
        super().refuse(error)
        self.status = 422  # the page shows anew what there is to look at


def is_draft(version: CatalogueVersion) -> bool:
    """When its acts are offered."""
    return version.is_draft


PUBLISH = Act(
    name="admin:monitoring_catalogueversion_publish",
    permission=Permission.MANAGE_CATALOGUE,
    when=is_draft,
    form=PublishForm,
    action=drafts.publish_draft,
    message=lambda version: _("Version %(number)s is published.") % {"number": version.number},
)
DISCARD = Act(
    name="admin:monitoring_catalogueversion_discard",
    permission=Permission.MANAGE_CATALOGUE,
    when=is_draft,
    action=drafts.discard_draft,
    message=gettext_lazy("The draft is discarded."),
)


def _remove(*, row: Row, by: User, at: dt.datetime) -> str:
    draft_rows.remove_row(row=row, by=by, at=at)
    return row.code


def removal(table: str) -> Act:
    """Of a row of one of the tables, which has its own address."""
    return Act(
        name=f"admin:monitoring_{table}_remove",
        permission=Permission.MANAGE_CATALOGUE,
        when=lambda row: row.catalogue.is_draft,
        action=_remove,
        message=lambda code: _("%(code)s is no longer in the draft.") % {"code": code},
    )
