"""What the queue of the browser sends (static/js/sheet/queue.js): cells of a sheet, texts of a
narrative. Answers are JSON, and refusals are sentences in them.
"""

import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from pip_network.web import formats
from pip_network.web.errors import Invalid

AT_MOST = 200  # items in one request
BLOCK = 10_000  # cells in one: 400 firms by 25 columns


class Unreadable(Invalid):
    """The request itself makes no sense."""

    status = 400


def signed_out() -> JsonResponse:
    """The queue keeps what it holds and says where to sign in."""
    return JsonResponse(
        {"error": _("Your session has ended."), "sign_in": settings.LOGIN_URL}, status=401
    )


def read_items(
    request: HttpRequest, *, most: int = AT_MOST
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The body, and its items. Raises Unreadable."""
    try:
        body = json.loads(request.body)
        # half a surrogate pair is text that nothing can store
        json.dumps(body, ensure_ascii=False).encode()
        items = body["cells"]
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise TypeError
    except RequestDataTooBig as error:
        raise Unreadable(_("This request is too large.")) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(_("This request cannot be read.")) from error
    if not 0 < len(items) <= most:
        message = _("This request holds no cell or too many (at most: %(most)s).")
        raise Unreadable(message % {"most": formats.number(Decimal(most), 0)})
    return body, items
