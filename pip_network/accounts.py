"""How the authentication library fits the portal: sign-in by e-mail, by invitation only, each role to its own start."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pip_network import outbox
from pip_network.access import Permission as P
from pip_network.access import Role, assignments, can, can_somewhere

# The first permission that a person holds decides where she starts.
START_PAGES: tuple[tuple[P, str], ...] = (
    (P.VIEW_PORTFOLIO, "/portfolio/"),
    (P.VIEW_MONITORING, "/monitoring/"),
    (P.VIEW_INTERNAL, "/library/"),
)


def start_page(user) -> str:
    return next((page for permission, page in START_PAGES if can_somewhere(user, permission)), "/")


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return start_page(request.user)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Through the outbox, like every letter of the portal."""
        message = self.render_mail(template_prefix, email, context)
        outbox.send(to=email, subject=message.subject, body=message.body, at=timezone.now())


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I hold, and the way out."""
    held = [(Role(role).label, scope) for role, scope in assignments(request.user)]
    return render(
        request,
        "account/account.html",
        {"held": held, "start": start_page(request.user), "may_administer": can(request.user, P.MANAGE_PEOPLE)},
    )
