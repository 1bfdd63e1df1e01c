"""The first steps of a specialist of the fund."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Role

from .guide import Guide, Step

SPECIALIST = Guide(
    "specialist",
    _("MIF specialist"),
    _("Review and approve; see what needs attention; order reports whose every figure opens."),
    (
        Step(
            _("Begin with what needs attention"),
            _("The portfolio opens on late, returned and unusual things; the rest follows."),
            "portfolio",
            _("Open the portfolio"),
        ),
        Step(
            _("Review"),
            _(
                "Warnings and their explanations come first. Ask beside the cell; return with "
                "a reason, or approve."
            ),
            "review",
            _("Open the review queue"),
        ),
        Step(
            _("Who approves did not enter"),
            _("Nobody approves what she entered or submitted herself."),
        ),
        Step(
            _("Agree to targets"),
            _(
                "Proposed targets wait in the review queue: agree to several at once with a "
                "reason, or send them back with a remark."
            ),
        ),
        Step(
            _("Order a report"),
            _(
                "It is a question about the record as of one approval number: the same "
                "question gives the same figures tomorrow."
            ),
            "reports",
            _("Open the reports"),
        ),
        Step(
            _("Open a figure"),
            _(
                "A dotted underline leads to its rule, its rows, what was left out, and its "
                "approvals."
            ),
        ),
    ),
    (
        "panel",
        "eligible",
        "coverage",
        "suppressed",
        "interval",
        "constant_prices",
        "stale",
        "target",
        "approval",
    ),
    (Role.SPECIALIST,),
)
