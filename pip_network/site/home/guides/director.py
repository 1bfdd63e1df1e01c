"""The first steps of a project director."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Role

from .guide import Guide, Step

DIRECTOR = Guide(
    "director",
    _("Project director"),
    _(
        "From opening the semester to “submitted”: what to do, in which order, and what the "
        "portal does for you."
    ),
    (
        Step(
            _("See what is due"),
            _(
                "The start page of monitoring opens on what waits for you: what was returned "
                "first, then by date."
            ),
            "monitoring",
            _("Open monitoring"),
        ),
        Step(
            _("Open the semester"),
            _(
                "It brings the firms and networks of your project as they are in the "
                "registry, with last semester's values beside each cell."
            ),
        ),
        Step(
            _("Fill the sheet"),
            _(
                "Each cell is saved as you leave it. You can paste a block from a "
                "spreadsheet, and go on later on another computer."
            ),
        ),
        Step(
            _("Or fill it in without a connection"),
            _(
                "Download the workbook on the page of the semester, fill in its white cells and "
                "upload it: you see every change before anything is stored, and one click takes "
                "it back."
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
            _("Answer the warnings"),
            _(
                "An error must be mended. A warning asks for a sentence: the specialist reads "
                "it beside the value."
            ),
        ),
        Step(
            _("Tell what changed"),
            _("The short narrative by theme is approved and printed with the figures."),
        ),
        Step(
            _("Submit, and answer what comes back"),
            _(
                "A returned semester says what to correct, cell by cell. Approved values "
                "never change silently: an amendment opens a new revision."
            ),
        ),
        Step(
            _("Say what the project is to reach"),
            _(
                "On the page of its targets, indicator by indicator and with a sentence of why. "
                "What the specialist agrees to is printed beside the values."
            ),
        ),
    ),
    (
        "sheet_keys",
        "baseline",
        "missing",
        "reconstructed",
        "amendment",
        "round",
        "target",
        "approval",
    ),
    (Role.DIRECTOR,),
)
