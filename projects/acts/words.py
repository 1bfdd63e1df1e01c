"""What several pages of the registry say."""

from django.utils.translation import gettext_lazy as _

FROM_THE_NEXT_ONE_ON = _(
    "Changes hold from the next submission on: what was approved keeps what it froze."
)
NOTHING_IS_DELETED = _(
    "Nothing is deleted: its approved figures stay in the record and in every report."
)
RESTORABLE = _("You can restore it at any time.")
UNTIL_APPROVED = _("A slip can be taken back until an approved round says so.")
