"""The first steps of a network coordinator."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Role

from .guide import Guide, Step

COORDINATOR = Guide(
    "coordinator",
    _("Network coordinator"),
    _("You fill the sheet of your own network; the project's director submits it."),
    (
        Step(
            _("Open your sheet"),
            _("The start page of monitoring leads to the sheet of your network."),
            "monitoring",
            _("Open monitoring"),
        ),
        Step(
            _("Fill in, firm by firm"),
            _(
                "On a small screen each firm is a card; on a wide one the sheet is a table "
                "that works with the keyboard."
            ),
        ),
        Step(
            _("Enter the baseline of new firms"),
            _(
                "A firm that appears for the first time has a second block in its row: how it "
                "was when it joined."
            ),
        ),
        Step(
            _("Say why a value is missing"),
            _(
                "A blank core cell stops the submission. Write “not collected” or “refused” "
                "where there is no value: a missing value is never zero."
            ),
        ),
        Step(
            _("Tell the director that you are done"),
            _("She sees how much of each sheet is filled, and submits the whole project."),
        ),
    ),
    ("sheet_keys", "baseline", "missing", "reconstructed", "round"),
    (Role.COORDINATOR,),
)
