"""Who reads which work and which lesson, decided in one place: each is open to audience keys, a
reader has audience keys, and she reads what shares one with her.

Keys: `public`, `network` (members), `staff` (who curates), `i:<institution>`, `p:<project>`.
"""

from django.contrib.auth.models import AnonymousUser

from pip_network.models import User
from pip_network.people.access import Permission, assignments, can, can_somewhere
from pip_network.web.signed_in import Reader
from projects.models import Network

PUBLIC, NETWORK, STAFF = "public", "network", "staff"
EVERYBODY = frozenset({PUBLIC})


def of_institution(key: int) -> str:
    return f"i:{key}"


def of_project(code: str) -> str:
    return f"p:{code}"


def projects_in(keys: frozenset[str]) -> list[str]:
    """The projects that keys name."""
    return sorted(key[2:] for key in keys if key.startswith("p:"))


def keys_of(reader: Reader) -> frozenset[str]:
    """What `reader` may open with; read once for each request and kept on the person."""
    if isinstance(reader, AnonymousUser) or not can_somewhere(reader, Permission.VIEW_INTERNAL):
        return EVERYBODY
    kept = vars(reader)
    if "_library_keys" not in kept:
        kept["_library_keys"] = frozenset(_keys(reader))
    return kept["_library_keys"]


def _keys(reader: User) -> set[str]:
    """Of a member: of her institution, of what she holds a role on, and of who curates."""
    keys = {PUBLIC, NETWORK}
    if reader.institution_id:
        keys.add(of_institution(reader.institution_id))
    networks = set()
    for _role, scope in assignments(reader):
        kind, _colon, code = scope.partition(":")
        if kind == "I":
            keys.add(of_institution(int(code)))
        elif kind == "P":
            keys.add(of_project(code))
        elif kind == "N":
            networks.add(code)
    if networks:  # who works with a network is of its project
        projects = Network.objects.filter(code__in=networks).order_by()
        keys |= {of_project(code) for code in projects.values_list("project", flat=True)}
    if can(reader, Permission.CURATE_LIBRARY):
        keys.add(STAFF)
    return keys
