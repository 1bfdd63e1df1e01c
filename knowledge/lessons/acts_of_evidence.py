"""What bears a lesson out, or speaks against it: added and removed from its page."""

from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import Act

from . import citing, forms
from .acts import WRITE, of_its_people, takes_evidence

ADDED = _("The evidence is added.")
CITE_FIGURE = Act(
    name="lesson-cite-figure",
    once=True,
    label=_("Add a figure"),
    permission=WRITE,
    over=of_its_people,
    when=takes_evidence,
    form=forms.FigureForm,
    action=citing.cite_figure,
    message=ADDED,
    title=_("Add a figure"),
    button=_("Add the evidence"),
)
CITE_WORK = Act(
    name="lesson-cite-work",
    once=True,
    label=_("Add a work"),
    permission=WRITE,
    over=of_its_people,
    when=takes_evidence,
    form=forms.WorkForm,
    action=citing.cite_work,
    message=ADDED,
    title=_("Add a work"),
    button=_("Add the evidence"),
)
CITE_ADDRESS = Act(
    name="lesson-cite-address",
    once=True,
    label=_("Add an address"),
    permission=WRITE,
    over=of_its_people,
    when=takes_evidence,
    form=forms.AddressForm,
    action=citing.cite_address,
    message=ADDED,
    title=_("Add an address"),
    button=_("Add the evidence"),
)
UNCITE = Act(
    name="lesson-uncite",
    permission=None,
    label=_("Take it away"),
    at_once=True,
    action=citing.remove_evidence,
    message=_("The evidence is removed."),
)
OF_EVIDENCE: tuple[Act, ...] = (CITE_FIGURE, CITE_WORK, CITE_ADDRESS)
