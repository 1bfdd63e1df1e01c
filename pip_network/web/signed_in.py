"""The request of a page that only a signed-in person reaches."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from pip_network.models import User


class SignedInRequest(HttpRequest):
    """What a view is given behind `login_required`, or behind the door of the administration.

    Only a type: nobody makes one, the type checker alone learns from it that `user` is a person of
    ours and that the middleware of htmx has been there.
    """

    user: User
    htmx: HtmxDetails
