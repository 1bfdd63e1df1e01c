"""What is done with a workbook: uploaded, stored, taken back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monitoring.models import WorkbookUpload
from monitoring.submission.past_rounds import open_past_rounds
from pip_network.people.access import Permission
from pip_network.web import formats
from pip_network.web.acts import Act

from .forms import ConfirmForm, FileForm
from .outcomes import STORED
from .storing import confirm_workbook
from .taking_back import take_back
from .uploads import upload_workbook


def _stored(upload: WorkbookUpload) -> str:
    if upload.is_waiting:
        return ""
    cells = sum(upload.counts.get(outcome, 0) for outcome in STORED)
    return ngettext("%(n)s cell stored.", "%(n)s cells stored.", cells) % {
        "n": formats.number(cells)
    }


def _taken_back(upload: WorkbookUpload) -> str:
    back, stay = upload.counts.get("back", 0), upload.counts.get("stay", 0)
    said = _("Cells put back: %(n)s.") % {"n": formats.number(back)}
    if stay:
        kept = _("Changed since, and left as they are: %(n)s.") % {"n": formats.number(stay)}
        said = f"{said} {kept}"
    return said


UPLOAD = Act(
    name="workbook",
    permission=None,  # of one network or of all
    form=FileForm,
    action=upload_workbook,
    message="",
    button=gettext_lazy("Show what it would change"),
)
CONFIRM = Act(
    name="workbook-confirm",
    permission=None,
    form=ConfirmForm,
    at_once=True,
    action=confirm_workbook,
    message=_stored,
)
TAKE_BACK = Act(
    name="workbook-take-back",
    permission=None,
    at_once=True,
    action=take_back,
    message=_taken_back,
)
PAST_ROUNDS = Act(
    name="past-rounds",
    label=gettext_lazy("Open past semesters"),
    permission=Permission.MANAGE_REGISTRY,
    action=open_past_rounds,
    message=lambda opened: (
        ngettext("%(n)s past semester opened.", "%(n)s past semesters opened.", len(opened))
        % {"n": len(opened)}
    ),
    button=gettext_lazy("Open them"),
)
