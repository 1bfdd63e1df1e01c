"""The first steps of the administration."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Role

from .guide import Guide, Step

ADMINISTRATION = Guide(
    "administration",
    _("Network administration"),
    _("People and roles, the registry, rounds and rates: the portal runs without a developer."),
    (
        Step(
            _("See what waits"),
            _(
                "Your start page lists failed jobs, mail that did not leave, missing rates "
                "and projects without a director."
            ),
            "start",
            _("Open your start page"),
        ),
        Step(
            _("Invite, give roles, end them"),
            _(
                "A role has a place (everywhere, a project, a network, an institution), a "
                "first day and a reason. Ending it takes effect at the next request."
            ),
        ),
        Step(
            _("Enter rates in time"),
            _(
                "Without the exchange rate of a semester, amounts in US$ of that semester do "
                "not exist: the portal says so instead of guessing."
            ),
        ),
        Step(
            _("Import after looking"),
            _(
                "Every import shows first what would be new, changed, unchanged or refused. "
                "Nothing is stored before you confirm."
            ),
        ),
        Step(
            _("Rare things"),
            _("Catalogue, rounds, mail and jobs are in the administration's rooms."),
            "admin:index",
            _("Open the administration"),
        ),
    ),
    ("scope", "second_step", "rates", "preview", "import_marks", "catalogue", "approval"),
    (Role.ADMINISTRATION,),
)
