"""What is done with pages: all of a project are asked for at once."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Permission
from pip_network.web.acts import Act

from .forms import PagesForm
from .making import order_pages, scopes_of

ORDER = Act(
    name="feedback",
    label=_("Pages for the firms"),
    once=True,
    permission=Permission.VIEW_FIRM_NAMES,
    over=scopes_of,
    form=PagesForm,
    action=order_pages,
    message=_("The pages are being made: you find them here."),
    button=_("Make all pages"),
)
