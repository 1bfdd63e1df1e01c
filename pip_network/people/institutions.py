"""Institutions: create, change, archive, restore. They are the registry's: who keeps it may."""

import datetime as dt
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from pip_network import audit
from pip_network.administration import archiving
from pip_network.choices import Origin, Relation
from pip_network.models import Institution, User
from pip_network.people.access import Permission, Process, can, require
from pip_network.web.edits import apply_changes, details, require_all_seen, require_unchanged
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock
from pip_network.web.reasons import require_reason

EDITABLE = ("name", "acronym", "country", "iso2", "kind", "relation", "source")
OWN = ("acronym", "country", "iso2", "kind")  # what its own people say of it


@transaction.atomic
def create_institution(
    *,
    name: str,
    relation: str,
    acronym: str = "",
    country: str = "",
    iso2: str = "",
    kind: str = "",
    source: str = "",
    origin: str = Origin.ENTERED,
    by: User | Process,
    at: dt.datetime,
) -> Institution:
    """Register an institution. Its address is made of its name and stays when the name changes.

    Raises Invalid without a name, for a country that does not exist, and for a member that no
    source names.
    """
    require(by, Permission.MANAGE_REGISTRY)
    institution = Institution(
        slug=_free_slug(name),
        name=name.strip(),
        acronym=acronym,
        country=country,
        iso2=iso2,
        kind=kind,
        relation=relation,
        source=source,
        origin=origin,
    )
    if relation == Relation.MEMBER and origin != Origin.STATED:
        raise Invalid(
            _("Only the twelve institutions that the presentation names are members."),
            place="relation",
        )
    _clean(institution)
    institution.save(force_insert=True)
    audit.record(
        verb="institution.created", on=f"I:{institution.pk}", by=by, at=at, relation=relation
    )
    return institution


@transaction.atomic
def update_institution(
    *,
    institution: Institution,
    stamp: str = "",
    by: User | Process,
    at: dt.datetime,
    **changes: Any,
) -> Institution:
    """Change its facts; `stamp` is the stamp of `EDITABLE` that the form showed. Its own people
    change `OWN`; name, relation and source are the registry's.

    Raises Invalid, TypeError for a field nobody may edit, Conflict when it is archived or was
    changed meanwhile, Forbidden.
    """
    if not can(by, Permission.MANAGE_REGISTRY):
        require(by, Permission.DESCRIBE_INSTITUTION, institution.scope_keys)
        if not changes.keys() <= set(OWN):
            require(by, Permission.MANAGE_REGISTRY)
    lock(institution)
    _require_current(institution)
    require_unchanged(institution, EDITABLE, stamp)
    changed = apply_changes(institution, changes, EDITABLE)
    if (
        "relation" in changed
        and institution.relation == Relation.MEMBER
        and institution.origin != Origin.STATED
    ):
        raise Invalid(
            _("Only the twelve institutions that the presentation names are members."),
            place="relation",
        )
    _clean(institution)
    if changed:
        institution.save(update_fields=list(changed))
        audit.record(
            verb="institution.updated",
            on=f"I:{institution.pk}",
            by=by,
            at=at,
            **details(changed),
        )
    return institution


@transaction.atomic
def archive_institution(
    *, institution: Institution, reason: str = "", by: User | Process, at: dt.datetime
) -> Institution:
    """Out of the lists; nothing is deleted.

    Raises Conflict when it already is, or executes a current project.
    """
    require(by, Permission.MANAGE_REGISTRY)
    reason = require_reason(reason) if reason else reason
    lock(institution)
    _require_current(institution)
    count = institution.projects.current().count()
    if count:
        raise Conflict(
            ngettext(
                "It executes %(count)s project: give it another institution first.",
                "It executes %(count)s projects: give them another institution first.",
                count,
            )
            % {"count": count}
        )
    return archiving.archive(
        institution,
        verb="institution.archived",
        on=f"I:{institution.pk}",
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def restore_institution(
    *, institution: Institution, by: User | Process, at: dt.datetime
) -> Institution:
    """Back into the lists. Raises Conflict when it is not archived."""
    require(by, Permission.MANAGE_REGISTRY)
    lock(institution)
    return archiving.restore(
        institution,
        verb="institution.restored",
        on=f"I:{institution.pk}",
        refusal=_("The institution is not archived."),
        by=by,
        at=at,
    )


def _require_current(institution: Institution) -> None:
    archiving.require_current(institution, _("The institution is archived."))


def _clean(institution: Institution) -> None:
    if institution.iso2 and institution.iso2 not in dict(countries):
        raise Invalid(_("This country is not known."), place="iso2")
    try:
        institution.full_clean()
    except ValidationError as error:
        places = [name for name in error.message_dict if name != NON_FIELD_ERRORS]
        raise Invalid(" ".join(error.messages), place=places[0] if places else "") from error
    require_all_seen(institution)


def _free_slug(name: str) -> str:
    base = slugify(name)[:70].strip("-") or "institucion"
    used = {
        "new",
        *Institution.objects.filter(slug__startswith=base).values_list("slug", flat=True),
    }  # `new` is the form
    return next(
        slug
        for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000)))
        if slug not in used
    )
