"""What an event is about: its key (`P:PIP-01`, `N:N1/...`) in words, and the page it has, if any."""

import re
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Kind(NamedTuple):
    """A kind of object: its word, its model (for the names of fields), and the addresses to try
    with what follows the key.
    """

    word: str
    model: str
    pages: tuple[tuple[str, str], ...] = ()  # (url name, name of its parameter)


KINDS: dict[str, Kind] = {
    "P": Kind(_("Project"), "projects.Project", (("project", "code"),)),
    "N": Kind(_("Network"), "projects.Network", (("network", "code"),)),
    "F": Kind(_("Firm"), "projects.Firm", (("firm", "code"),)),
    "U": Kind(_("Person"), "pip_network.User", (("person", "pk"),)),
    "I": Kind(_("Institution"), "pip_network.Institution", (("institution-number", "pk"),)),
    "A": Kind(_("Approval"), "monitoring.Approval"),
    "R": Kind(_("Report"), "monitoring.Report", (("report", "pk"),)),
    "J": Kind(_("Job"), "pip_network.Job", (("job", "pk"),)),
    "V": Kind(
        _("Catalogue version"),
        "monitoring.CatalogueVersion",
        (("admin:monitoring_catalogueversion_change", "object_id"),),
    ),
    "variable": Kind(_("Variable"), "monitoring.Variable"),
    "indicator": Kind(_("Indicator"), "monitoring.Indicator"),
    "check": Kind(_("Check"), "monitoring.Check"),
    "round": Kind(
        _("Round"), "monitoring.Round", (("admin:monitoring_round_change", "object_id"),)
    ),
    "institution": Kind(_("Institution"), "pip_network.Institution"),
    "invitation": Kind(_("Invitation"), "pip_network.Invitation", (("invitation", "pk"),)),
    "mail": Kind(
        _("Message"), "pip_network.Mail", (("admin:pip_network_mail_change", "object_id"),)
    ),
    "work": Kind(_("Work"), "knowledge.Work", (("work", "number"),)),
    "workshop": Kind(_("Workshop"), "workshops.Workshop"),
}
SUBMISSION = re.compile(r"^P:(?P<project>[^/]+)/(?P<round_code>[^/]+)$")
WHOLE = {
    "reference": _("Reference data"),
    "demonstration": _("Demonstration data"),
    "portal": _("The portal"),
}


def words_of(key: str) -> str:
    """The object in words; an address or a key that nobody knows stays as it is."""
    if found := SUBMISSION.match(key):
        return f"{found['project']} · {found['round_code']}"
    prefix, _colon, rest = key.partition(":")
    if prefix in KINDS and rest:
        return f"{KINDS[prefix].word} {rest}"
    return str(WHOLE.get(key, key))


def page_of(key: str) -> str:
    """The address of the object's own page, or nothing."""
    if found := SUBMISSION.match(key):
        return _reverse("submission", project=found["project"], round_code=found["round_code"])
    prefix, _colon, rest = key.partition(":")
    kind = KINDS.get(prefix)
    for name, parameter in kind.pages if kind and rest else ():
        if page := _reverse(name, **{parameter: rest}):
            return page
    return ""


def _reverse(name: str, **parameters: str) -> str:
    try:
        return reverse(name, kwargs=parameters)
    except NoReverseMatch:
        return ""


# Reasons that are codes of a closed list stand in words: that of a column, or where no column keeps
# it, the list itself.
REASONS: dict[str, tuple[str, str]] = {
    "firm.closed": ("projects.Firm", "closing_reason"),
    "firm.left": ("projects.Membership", "leaving_reason"),
}
LISTS: dict[str, str] = {
    "firm.archived": "projects.choices.ArchivingReason",
    "firm.anonymised": "projects.choices.AnonymisingReason",
}


def field_of(key: str, name: str) -> models.Field | None:
    kind = KINDS.get(key.partition(":")[0])
    return _field(kind.model, name) if kind else None


def reason_words(verb: str, reason: str) -> str:
    if verb in LISTS:
        return str(dict(import_string(LISTS[verb]).choices).get(reason, reason))
    field = _field(*REASONS[verb]) if verb in REASONS else None
    return value_words(field, reason) if field else reason


def _field(model: str, name: str) -> models.Field | None:
    try:
        field = apps.get_model(model)._meta.get_field(name)
    except (FieldDoesNotExist, LookupError):
        return None
    return field if isinstance(field, models.Field) else None


def label_of(key: str, name: str) -> str:
    """What a form calls the field."""
    field = field_of(key, name)
    words = str(field.verbose_name) if field else gettext(name.replace("_", " "))
    return words[:1].upper() + words[1:]


def value_words(field: models.Field | None, value) -> str:
    """A value as people read it: the label of a choice, yes or no, a list by its parts; "" for
    none.
    """
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(value_words(field, each) for each in value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)
