"""The words of this room itself: attempts that were denied, signing in and out."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Words

WORDS = Words(
    groups={
        "access": _("Denied attempts"),
        "signin": _("Sign-in and sign-out"),
    },
    verbs={
        "access.denied": _("Attempt denied: not allowed"),
        "access.hidden": _("Page not found or not allowed"),
        "access.forged": _("Form refused: expired or from another site"),
        "access.host_refused": _("Request under a name that is not ours refused"),
        "access.limited": _("Too many attempts: asked to wait"),
        "signin.done": _("Signed in"),
        "signin.ended": _("Signed out"),
        "signin.failed": _("Sign-in failed: wrong e-mail or password"),
        "signin.code_failed": _("Sign-in failed: wrong code of the second step"),
        "signin.locked": _("Sign-in stopped: too many wrong attempts"),
        "signin.link_refused": _("Link refused: used, expired or withdrawn"),
    },
    processes={
        "system": _("The portal"),
        "visitor": _("A visitor"),
    },
)

# What the audit page calls denied attempts.
DENIED: tuple[str, ...] = (
    "access.denied",
    "access.hidden",
    "access.forged",
    "access.host_refused",
    "access.limited",
    "signin.failed",
    "signin.code_failed",
    "signin.locked",
    "signin.link_refused",
)
