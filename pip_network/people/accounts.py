"""How the authentication library fits the portal: sign-in by e-mail, by invitation only, each role
to its own start.
"""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from pip_network.audit import signing_in
from pip_network.choices import MailKind
from pip_network.jobs import outbox
from pip_network.models import User
from pip_network.people import devices, time_zones
from pip_network.people.access import Permission as P
from pip_network.people.access import can_somewhere
from pip_network.web.signed_in import Reader

# The first permission that a person holds decides where she starts.
START_PAGES: tuple[tuple[P, str], ...] = (
    (P.MANAGE_PEOPLE, "/start/"),
    (P.VIEW_PORTFOLIO, "/portfolio/"),
    (P.VIEW_MONITORING, "/monitoring/"),
    (P.VIEW_INTERNAL, "/start/"),
)


def start_page(user: Reader) -> str:
    return next((page for permission, page in START_PAGES if can_somewhere(user, permission)), "/")


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return start_page(request.user)

    def pre_login(self, request: HttpRequest, user, **details) -> HttpResponse | None:
        request._first_sign_in = user.last_login is None  # type: ignore[attr-defined]  # for post_login
        return super().pre_login(request, user, **details)

    def post_login(self, request: HttpRequest, user, **details) -> HttpResponse:
        response = super().post_login(request, user, **details)
        devices.greet(request, response, user, first=getattr(request, "_first_sign_in", False))
        signing_in.done(request, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        signing_in.ended(request)
        super().logout(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """What came past one of the proxies names fewer addresses than there are proxies: its line
        says where from.
        """
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            signing_in.failed(request, credentials.get("email") or "", stopped=True)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials) -> None:
        signing_in.failed(request, credentials.get("email") or "")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Through the outbox, like every letter of the portal; in the language and the time zone of
        who reads it.
        """
        person = User.objects.filter(email=email.lower()).first()
        language, zone = (person.language, person.time_zone) if person else ("", "")
        with translation.override(language or settings.LANGUAGE_CODE), time_zones.override(zone):
            message = self.render_mail(
                template_prefix, email, {"portal": settings.PUBLIC_URL, **context}
            )
        outbox.send(
            to=email,
            subject=message.subject,
            body=message.body,
            kind=MailKind.ACCOUNT,
            at=timezone.now(),
        )
