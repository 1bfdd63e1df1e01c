"""Names of codes in the reader's language. A group of figures is a mapping of grouping -> code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django_countries import countries

from projects.choices import OwnerSex, Sector, Typology

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Names:
    """Names of projects and networks by code (a registry name, or nothing but the code when it has
    none).
    """

    projects: Mapping[str, str] = field(default_factory=dict)
    networks: Mapping[str, str] = field(default_factory=dict)

    def project(self, code: str) -> str:
        name = self.projects.get(code, "")
        return f"{code} {name}".strip()

    def network(self, code: str) -> str:
        name = self.networks.get(code, "")
        return f"{code} {name}".strip()

    def value(self, grouping: str, code: str) -> str:
        """The name of one group: `typology`, `cluster` -> "Clúster"."""
        if code == UNKNOWN:
            return _("Unknown")
        if grouping == "project":
            return self.project(code)
        if grouping == "network":
            return self.network(code)
        if grouping == "country":
            return _("Regional") if code == "regional" else str(countries.name(code)) or code
        return str(labels(grouping).get(code, code))

    def group(self, group: Mapping[str, str]) -> str:
        """A whole group: "Clúster · Bolivia"; the empty one is what the report is about."""
        return " · ".join(self.value(key, code) for key, code in group.items()) or _("Whole scope")


def labels(grouping: str) -> Mapping[str, object]:
    """Names of the groups of a grouping whose codes are a closed list."""
    if grouping == "typology":
        return dict(Typology.choices)
    if grouping == "sector":
        return dict(Sector.choices)
    if grouping == "owner_sex":
        return dict(OwnerSex.choices)
    if grouping == "size":
        return {
            "micro": _("Micro (under 10 jobs)"),
            "small": _("Small (10 to 49)"),
            "medium": _("Medium (50 to 249)"),
            "large": _("Large (250 or more)"),
        }
    if grouping == "network_age":
        return {
            "0-12": _("0 to 12 months"),
            "13-24": _("13 to 24 months"),
            "25+": _("25 months or more"),
        }
    return {}


def grouping(key: str) -> str:
    """What a grouping is called."""
    return {
        "country": _("Country"),
        "typology": _("Typology"),
        "project": _("Project"),
        "network": _("Network"),
        "sector": _("Sector"),
        "size": _("Size"),
        "owner_sex": _("Sex of the owner"),
        "network_age": _("Age of the network"),
    }[key]
