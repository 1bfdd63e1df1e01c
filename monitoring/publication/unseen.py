"""Why the public does not see what was published: withdrawn, or published again since."""

from django.utils.translation import gettext as _

from monitoring.models import ProjectPublication, Publication


def why_unseen(row: Publication) -> str:
    """Of a round; nothing while the public sees it."""
    if row.withdrawn_at is not None:
        return _("It has been withdrawn: the public does not see it.")
    last = Publication.objects.newest().get(round=row.round_id)
    if last != row:
        return _(
            "It has been replaced: the round was published again, as of approval %(number)s."
        ) % {"number": last.as_of_id}
    return ""


def why_results_unseen(row: ProjectPublication) -> str:
    """Of results of a project; nothing while the public sees them."""
    if row.withdrawn_at is not None:
        return _("They have been withdrawn: the public does not see them.")
    if why_unseen(row.publication):
        return _("They have been replaced: the round was published again.")
    return ""
