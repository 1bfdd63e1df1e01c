"""The words of the system, by the key that pages name them with."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Term(NamedTuple):
    """A word of the system and what it means."""

    title: "StrOrPromise"
    text: "StrOrPromise"


GLOSSARY: dict[str, Term] = {
    "amendment": Term(
        _("Amendment"),
        _(
            "A correction of an approved semester. It opens a new revision filled from the "
            "record; the earlier values stay, marked as replaced."
        ),
    ),
    "approval": Term(
        _("Approval number"),
        _(
            "Each act that changes the record has a number, without gaps. A report “as of "
            "approval 120” can be computed again with the same result."
        ),
    ),
    "baseline": Term(
        _("Baseline"),
        _(
            "How a firm, network or project was when it joined. It is entered once, in the first "
            "semester in which the unit appears, and every change is measured against it."
        ),
    ),
    "catalogue": Term(
        _("Catalogue version"),
        _(
            "What is asked and how it is computed, as published on one day. A semester keeps the "
            "version that it was opened with; values of unlike definitions are not compared."
        ),
    ),
    "eligible": Term(
        _("n, eligible and coverage"),
        _(
            "Eligible are the units that should have answered; n, those that did and whose values "
            "are in the figure. Coverage is n over eligible. A figure over few of the eligible "
            "says little of the others."
        ),
    ),
    "import_marks": Term(
        _("What an import does with each row"),
        _(
            "New: it will be added. Changed: a value differs; what stood before and what the file "
            "says stand beside it. Unchanged: nothing is written. In conflict: somebody changed "
            "it after your file was made. Rejected: it cannot be stored, and its row says why. An "
            "import is not undone by a button: the trail keeps what stood before, and a file with "
            "the earlier values brings them back."
        ),
    ),
    "constant_prices": Term(
        _("Constant prices"),
        _(
            "Each amount is brought to the prices of the last finished year with the consumer "
            "price index and converted at that year's rate, so that neither inflation nor the "
            "exchange rate looks like growth. Current prices keep each period's own."
        ),
    ),
    "coverage": Term(
        _("Coverage"),
        _(
            "Of the units that should have answered, the share that did. Below it stands n, how "
            "many they are."
        ),
    ),
    "indicator": Term(
        _("Variable and indicator"),
        _(
            "A variable is entered once, where it lives; an indicator is computed from variables "
            "by a published rule. Percentages are a numerator and a denominator, never an average "
            "of percentages."
        ),
    ),
    "interval": Term(
        _("Interval (95%)"),
        _(
            "How precise a figure is, at a nominal 95%, taking into account that firms of one "
            "network resemble each other. A wide interval means few units or very unlike ones."
        ),
    ),
    "missing": Term(
        _("Reasons for a missing value"),
        _(
            "Not collected: nobody asked or nobody knew. Refused: the firm did not want to tell. "
            "Not applicable and no data are written by the system. Zero is a value; missing is "
            "not zero."
        ),
    ),
    "origin": Term(
        _("Where a fact comes from"),
        _(
            "Published by a source, inferred from one, reconstructed with its reason, or "
            "demonstration. The mark stands beside the fact wherever it is shown or exported."
        ),
    ),
    "panel": Term(
        _("Panel"),
        _(
            "The same units at both ends: only who has a value at the baseline and in the round "
            "counts in a change. Units that entered or left are listed apart."
        ),
    ),
    "preview": Term(
        _("Preview of an import"),
        _(
            "A list of what would happen: new, changed, unchanged, in conflict, rejected, each "
            "with its row and reason. Nothing is stored until you confirm, and then all of it or "
            "nothing."
        ),
    ),
    "rates": Term(
        _("Rates"),
        _(
            "Local units per US$ (average of the period) and consumer price index of each "
            "currency and period, approved by the administration with a source. A correction is a "
            "new approval: earlier reports keep theirs."
        ),
    ),
    "reconstructed": Term(
        _("Reconstructed baseline"),
        _(
            "A baseline entered more than six months after joining. Its share stands beside every "
            "change, with a warning above 30%."
        ),
    ),
    "round": Term(
        _("Round"),
        _("A semester of the whole network, such as 2006-S2. It is due 30 days after its end."),
    ),
    "scope": Term(
        _("Role and scope"),
        _(
            "A role says what one may do; its scope says where: everywhere, one project, one "
            "network or one institution. What is outside your scope does not exist for you."
        ),
    ),
    "second_step": Term(
        _("Second step at sign-in"),
        _(
            "Besides the password, a six-digit code from an application on your telephone. Keep "
            "the recovery codes on paper: each opens the account once if the telephone is lost."
        ),
    ),
    "sheet_keys": Term(
        _("How to work in the sheet"),
        _(
            "Arrows, Tab and Enter move; typing replaces a value, F2 edits it, Esc gives the "
            "former one back. A cell is saved when you leave it, and the line above the sheet "
            "says so. Shift with the arrows or the mouse selects a block: it is copied, cut, "
            "filled, emptied or given a reason in one act, and Ctrl+V pastes one from a "
            "spreadsheet, from the chosen cell to the right and down, on to the pages that "
            "follow. Ctrl+Z undoes your own last edits, saved ones too. The key n opens the "
            "reasons for a missing value. Where the answer is yes or no, s or 1 says yes, n or 0 "
            "says no, and the space bar opens the choices and the reasons. F8 goes to the "
            "explanation of the next warning; Ctrl+Enter saves it. The key ? shows all keys."
        ),
    ),
    "stale": Term(
        _("Report with later corrections"),
        _(
            "Something in its scope was corrected after its approval number. The report stays as "
            "it was and says which rows changed."
        ),
    ),
    "suppressed": Term(
        _("n < 5"),
        _(
            "A figure that could give a firm away is not shown: over fewer than five units (a "
            "median: fewer than ten), or with fewer than five that have a value, or with nearly "
            "all of it from one; nor those from which it could be worked out."
        ),
    ),
    "target": Term(
        _("Target"),
        _(
            "What a project means the value of an indicator to be in a round, proposed by its "
            "director and agreed by its specialist. The way gone is how far the value has come "
            "from the baseline to the target; it is never added over projects."
        ),
    ),
    "typology": Term(
        _("Typology"),
        _(
            "Business networks, clusters and territorial systems are the presentation's three "
            "columns; supplier chains are named in the programme's title."
        ),
    ),
}
