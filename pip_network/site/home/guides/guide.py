"""What a guide is made of. Pages and small helps read the same lines."""

from typing import TYPE_CHECKING, NamedTuple

from pip_network.people.access import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Step(NamedTuple):
    """One thing to do; `url_name` is the room where it is done, `link` how the way there is called."""

    title: "StrOrPromise"
    text: "StrOrPromise"
    url_name: str = ""
    link: "StrOrPromise" = ""


class Guide(NamedTuple):
    """The first steps of those who hold one of `roles`."""

    slug: str
    title: "StrOrPromise"
    lede: "StrOrPromise"
    steps: tuple[Step, ...]
    terms: tuple[str, ...]  # of the glossary, that this reader meets first
    roles: tuple[Role, ...]
