"""The one page on which the registry is written: a form or a confirmation, with what will happen
and what happened.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from pip_network import audit
from pip_network.web.acts import Act, Words, carry_out, sent
from pip_network.web.signed_in import SignedInRequest


@dataclass
class Page:
    """What stands around the form. `back` is the address and the words of where one came from."""

    act: Act
    back: tuple[str, Words]
    over: str = ""
    keys: Sequence[str] = ()  # whose history is shown
    trail: tuple[str, Words] | None = None  # a crumb before `back`
    title: Words = ""
    button: Words = ""
    will: Sequence[Words] = ()

    def __post_init__(self) -> None:
        """What the page does not say of its own, the act says."""
        self.title = self.title or self.act.title
        self.button = self.button or self.act.button
        self.will = self.will or self.act.will

    @property
    def lede(self) -> Words:
        return self.act.lede

    @property
    def danger(self) -> bool:
        return self.act.danger or self.act.kind == "danger"


def write(
    request: SignedInRequest,
    page: Page,
    about: Mapping[str, Any],
    *,
    after: Any,
    of: Any = None,
    form: Any = None,
    template: str = "projects/edit/act.html",
    more: Callable[[Any], Mapping[str, Any]] = lambda _form: {},
) -> HttpResponse:
    """`carry_out` on the page of the registry; without a `form` of its own, that of the first thing
    that it is `about`. Where that (or what it is done `of`) does not let it be done as it stands, the
    page says so instead of asking; who sends the form all the same is told why by the action.
    """
    thing = next(iter(about.values()), None)
    impossible = request.method != "POST" and not page.act.when(of or thing)

    def around(form: Any) -> dict[str, Any]:
        history = audit.history_of(*page.keys, reader=request.user) if page.keys else None
        return {"page": page, "history": history, "impossible": impossible, **more(form)}

    if form is None:
        form = page.act.form(sent(request), instance=thing)
    return carry_out(
        request, page.act, about, form=form, template=template, context=around, after=after
    )
