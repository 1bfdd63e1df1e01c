"""Corrections in words: the names of attributes and of their values, and what follows from one."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monitoring.choices import MembershipState
from monitoring.models import Observation
from monitoring.record.observations import FROZEN_ATTRIBUTES
from monitoring.reports.names import Names
from monitoring.submission.corrections.versions import FrozenObservation
from pip_network.web import formats

ATTRIBUTES: dict[str, Any] = {  # lazy words
    "membership": _("Membership"),
    "country": _("Country"),
    "sector": _("Sector"),
    "size": _("Size"),
    "owner_sex": _("Sex of the owner"),
    "currency": _("Currency"),
    "typology": _("Typology"),
    "constituted_on": _("Constituted on"),
    "joined_on": _("Joined on"),
    "captured_on": _("Baseline captured on"),
    "reconstructed": _("Baseline reconstructed"),
}
CONCERNED: dict[str, Any] = {
    "membership": _(
        "Figures of these rounds count the firm by its membership: whether it could answer, "
        "coverage, survival and attrition."
    ),
    "country": _("Figures of these rounds by country."),
    "sector": _(
        "Figures of these rounds by sector, and the warnings of later rounds that compare within "
        "a sector."
    ),
    "size": _("Figures of these rounds by size."),
    "owner_sex": _("Figures of these rounds by sex of the owner."),
    "typology": _("Figures of these rounds by typology, those of the network's firms too."),
    "constituted_on": _(
        "Figures of these rounds by age of the network, and whether its baseline counts as "
        "reconstructed."
    ),
    "joined_on": _(
        "Comparisons of these rounds with the baseline, and whether it counts as reconstructed."
    ),
    "captured_on": _(
        "Whether the baseline counts as reconstructed: its share stands beside every change."
    ),
}


class Difference(NamedTuple):
    """One attribute of an observation before and after, in words."""

    label: str
    old: str
    new: str


def value_words(attribute: str, value: Any) -> str:
    """A value of an attribute, as a reader says it."""
    if value is None or value == "":
        return gettext("none")
    if isinstance(value, dt.date):
        return formats.short_date(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if attribute == "membership":
        return str(MembershipState(value).label)
    return Names().value(attribute, value)


def attributes_of(observation: FrozenObservation) -> list[tuple[str, str, str]]:
    """(attribute, its name, its value) of what an observation freezes, in words."""
    attributes = [
        (name, str(ATTRIBUTES[name]), _value(observation.row, name)) for name in FROZEN_ATTRIBUTES
    ]
    if observation.row.network_id:
        typologies = [value_words("typology", tie.typology) for tie in observation.networks]
        attributes.append(("typology", str(ATTRIBUTES["typology"]), ", ".join(typologies)))
    return attributes


def _value(row: Observation, name: str) -> str:
    return value_words(name, getattr(row, name))


def differences(before: FrozenObservation, after: FrozenObservation) -> list[Difference]:
    """What an observation says otherwise than another, of the unit and of its networks."""
    rows = [
        Difference(str(ATTRIBUTES[name]), _value(before.row, name), _value(after.row, name))
        for name in FROZEN_ATTRIBUTES
        if getattr(before.row, name) != getattr(after.row, name)
    ]
    earlier = {tie.code: tie for tie in before.networks}
    for tie in after.networks:
        for name in ("typology", "constituted_on") if tie.code in earlier else ():
            old, new = getattr(earlier[tie.code], name), getattr(tie, name)
            if old != new:
                label = f"{ATTRIBUTES[name]} ({tie.code})"
                rows.append(Difference(label, value_words(name, old), value_words(name, new)))
    return rows


def unit_words(row: Observation) -> str:
    """`FIRMAAAAA Red de muebles`: code and the name that the registry still has."""
    name = getattr(row.firm or row.network or row.project, "name", "")
    return f"{row.subject[2:]} {name}".strip()
