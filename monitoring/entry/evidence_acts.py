"""What is done with evidence, before the approval and after it."""

from django.utils.translation import gettext_lazy as _

from monitoring.entry.forms.evidence import AttachForm, TakeAwayForm
from monitoring.evidence import actions, taking_away
from pip_network.people.access import Permission
from pip_network.web.acts import Act

ATTACH = Act(
    name="evidence-attach",
    permission=None,  # who enters the cell, or the texts of the project
    form=AttachForm,
    action=actions.attach,
    message=_("It is attached."),
)
WITHDRAW = Act(
    name="evidence-withdraw",
    at_once=True,
    permission=None,
    action=actions.withdraw,
    message=_("It is removed. Until the submission is approved it can be put back."),
)
PUT_BACK = Act(
    name="evidence-put-back",
    at_once=True,
    permission=None,
    action=actions.put_back,
    message=_("It is back in its place."),
)
TAKE_AWAY = Act(
    name="evidence-take-away",
    label=_("Take the file away"),
    danger=True,
    permission=Permission.TAKE_AWAY_EVIDENCE,
    over=taking_away.scopes,
    when=lambda row: row.stored_id is not None,
    form=TakeAwayForm,
    action=taking_away.take_away,
    message=_("The file is taken away. Its hash, its size and the reason stay."),
)
