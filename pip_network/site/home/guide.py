"""The help as data: first steps of each role, and the words of the system.

Pages and small helps read the same lines.
"""
# ruff: noqa: E501 -- whole sentences, as the translators have them

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Role


class Step(NamedTuple):
    title: str
    text: str
    url_name: str = ""
    link: str = ""


class Guide(NamedTuple):
    slug: str
    title: str
    lede: str
    steps: tuple[Step, ...]
    words: tuple[str, ...]  # of GLOSSARY, that this reader meets first
    roles: tuple[Role, ...]


GUIDES: tuple[Guide, ...] = (
    Guide(
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
        ),
        ("sheet_keys", "baseline", "missing", "reconstructed", "amendment", "round", "approval"),
        (Role.DIRECTOR,),
    ),
    Guide(
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
    ),
    Guide(
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
            "approval",
        ),
        (Role.SPECIALIST,),
    ),
    Guide(
        "institution",
        _("Partner institution or expert"),
        _(
            "Find the right document in your language, and see what the projects of your country "
            "do."
        ),
        (
            Step(
                _("Begin with your start page"),
                _(
                    "It says what the portal has on your country, in the library and in the "
                    "workshops."
                ),
                "start",
                _("Open your start page"),
            ),
            Step(
                _("Search"),
                _(
                    "The box at the top searches projects, networks, institutions, documents and "
                    "indicators at once, with or without accents."
                ),
                "search",
                _("Open the search"),
            ),
            Step(
                _("Browse the library"),
                _(
                    "Narrow it by language, type, country and year. The texts stay where they are "
                    "published."
                ),
                "library",
                _("Open the library"),
            ),
            Step(
                _("Read the marks"),
                _(
                    "Full circle: published by a source. Half: inferred or reconstructed. Dashed: "
                    "demonstration, invented."
                ),
            ),
            Step(
                _("Check the facts about your institution"),
                _(
                    "Its page shows what the sources say, with each source. If something is "
                    "wrong, write to the administration."
                ),
                "institutions",
                _("Open the institutions"),
            ),
        ),
        ("typology", "origin", "indicator"),
        (Role.INSTITUTION, Role.EXPERT),
    ),
    Guide(
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
    ),
)


class Word(NamedTuple):
    title: str
    text: str


GLOSSARY: dict[str, Word] = {
    "amendment": Word(
        _("Amendment"),
        _(
            "A correction of an approved semester. It opens a new revision filled from the "
            "record; the earlier values stay, marked as replaced."
        ),
    ),
    "approval": Word(
        _("Approval number"),
        _(
            "Each act that changes the record has a number, without gaps. A report “as of "
            "approval 120” can be computed again with the same result."
        ),
    ),
    "baseline": Word(
        _("Baseline"),
        _(
            "How a firm, network or project was when it joined. It is entered once, in the first "
            "semester in which the unit appears, and every change is measured against it."
        ),
    ),
    "catalogue": Word(
        _("Catalogue version"),
        _(
            "What is asked and how it is computed, as published on one day. A semester keeps the "
            "version that it was opened with; values of unlike definitions are not compared."
        ),
    ),
    "eligible": Word(
        _("n, eligible and coverage"),
        _(
            "Eligible are the units that should have answered; n, those that did and whose values "
            "are in the figure. Coverage is n over eligible. A figure over few of the eligible "
            "says little of the others."
        ),
    ),
    "import_marks": Word(
        _("What an import does with each row"),
        _(
            "New: it will be added. Changed: a value differs; what stood before and what the file "
            "says stand beside it. Unchanged: nothing is written. In conflict: somebody changed "
            "it after your file was made. Rejected: it cannot be stored, and its row says why. An "
            "import is not undone by a button: the trail keeps what stood before, and a file with "
            "the earlier values brings them back."
        ),
    ),
    "constant_prices": Word(
        _("Constant prices"),
        _(
            "Each amount is brought to the prices of the last finished year with the consumer "
            "price index and converted at that year's rate, so that neither inflation nor the "
            "exchange rate looks like growth. Current prices keep each period's own."
        ),
    ),
    "coverage": Word(
        _("Coverage"),
        _(
            "Of the units that should have answered, the share that did. Below it stands n, how "
            "many they are."
        ),
    ),
    "indicator": Word(
        _("Variable and indicator"),
        _(
            "A variable is entered once, where it lives; an indicator is computed from variables "
            "by a published rule. Percentages are a numerator and a denominator, never an average "
            "of percentages."
        ),
    ),
    "interval": Word(
        _("Interval (95%)"),
        _(
            "How precise a figure is, at a nominal 95%, taking into account that firms of one "
            "network resemble each other. A wide interval means few units or very unlike ones."
        ),
    ),
    "missing": Word(
        _("Reasons for a missing value"),
        _(
            "Not collected: nobody asked or nobody knew. Refused: the firm did not want to tell. "
            "Not applicable and no data are written by the system. Zero is a value; missing is "
            "not zero."
        ),
    ),
    "origin": Word(
        _("Where a fact comes from"),
        _(
            "Published by a source, inferred from one, reconstructed with its reason, or "
            "demonstration. The mark stands beside the fact wherever it is shown or exported."
        ),
    ),
    "panel": Word(
        _("Panel"),
        _(
            "The same units at both ends: only who has a value at the baseline and in the round "
            "counts in a change. Units that entered or left are listed apart."
        ),
    ),
    "preview": Word(
        _("Preview of an import"),
        _(
            "A list of what would happen: new, changed, unchanged, in conflict, rejected, each "
            "with its row and reason. Nothing is stored until you confirm, and then all of it or "
            "nothing."
        ),
    ),
    "rates": Word(
        _("Rates"),
        _(
            "Local units per US$ (average of the period) and consumer price index of each "
            "currency and period, approved by the administration with a source. A correction is a "
            "new approval: earlier reports keep theirs."
        ),
    ),
    "reconstructed": Word(
        _("Reconstructed baseline"),
        _(
            "A baseline entered more than six months after joining. Its share stands beside every "
            "change, with a warning above 30%."
        ),
    ),
    "round": Word(
        _("Round"),
        _("A semester of the whole network, such as 2006-S2. It is due 30 days after its end."),
    ),
    "scope": Word(
        _("Role and scope"),
        _(
            "A role says what one may do; its scope says where: everywhere, one project, one "
            "network or one institution. What is outside your scope does not exist for you."
        ),
    ),
    "second_step": Word(
        _("Second step at sign-in"),
        _(
            "Besides the password, a six-digit code from an application on your telephone. Keep "
            "the recovery codes on paper: each opens the account once if the telephone is lost."
        ),
    ),
    "sheet_keys": Word(
        _("How to work in the sheet"),
        _(
            "Arrows, Tab and Enter move; typing replaces a value, F2 edits it, Esc gives the "
            "former one back. A cell is saved when you leave it, and the line above the sheet "
            "says so. Ctrl+V pastes a block copied from a spreadsheet, from the chosen cell to "
            "the right and down. The key n opens the reasons for a missing value."
        ),
    ),
    "stale": Word(
        _("Report with later corrections"),
        _(
            "Something in its scope was corrected after its approval number. The report stays as "
            "it was and says which rows changed."
        ),
    ),
    "suppressed": Word(
        _("n < 5"),
        _(
            "A figure over fewer than five units is not shown, nor the one from which it could be "
            "worked out by subtraction, so that no firm can be recognised."
        ),
    ),
    "typology": Word(
        _("Typology"),
        _(
            "Business networks, clusters and territorial systems are the presentation's three "
            "columns; supplier chains are named in the programme's title."
        ),
    ),
}


# The first steps of each role.
GUIDE_OF: dict[Role, Guide] = {role: guide for guide in GUIDES for role in guide.roles}
