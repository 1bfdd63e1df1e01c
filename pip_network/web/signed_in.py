"""Who asks for a page: a person who has signed in, or anybody."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from pip_network.models import User

Reader = User | AnonymousUser


class SignedInRequest(HttpRequest):
    """What a view is given behind `login_required`, or behind the door of the administration.

    Only a type: nobody makes one, the type checker alone learns from it that `user` is a person of
    ours and that the middleware of htmx has been there.
    """

    user: User
    htmx: HtmxDetails
