"""What a member says of a work that she proposes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.choices import AbstractBy, Language
from knowledge.models import Work
from knowledge.works import authors, records
from pip_network.files.stored import StoredFileField
from pip_network.web.errors import DomainError

from . import fields
from .parts import FormInParts, Part

OF_LANGUAGE = ("title", "abstract", "provenance")  # said in the language of the original
PARTS = (
    Part("", ("title", "original", "type", "file", "themes")),
    Part(
        _("Who made it, and when"), ("authors", "year", "publisher"), _("Authors, year, publisher")
    ),
    Part(
        _("What it says, and about what"),
        ("abstract", "typologies", "countries"),
        _("Abstract, typologies, countries"),
    ),
    Part(
        _("Where it is read, and where it comes from"),
        ("source_url", "provenance"),
        _("Address, provenance, rights"),
    ),
)


class ProposalForm(FormInParts):
    """Short: what is folded may stay empty. With a work, to correct what was proposed."""

    title = forms.CharField(label=_("Title"), max_length=300)
    original = forms.ChoiceField(label=_("Language of the original"), choices=Language.choices)
    type = fields.type_field()
    file = StoredFileField(label=_("File"), required=False, help_text=fields.what_is_kept())
    themes = fields.themes_field()
    authors = fields.AuthorsField()
    year = fields.year_field()
    publisher = fields.publisher_field()
    abstract = fields.long_text(_("Abstract, in that language"), max_length=5000)
    typologies = fields.typologies_field()
    countries = fields.CountriesField(label=_("Countries"))
    source_url = fields.address_field()
    provenance = fields.long_text(
        _("Where it comes from"), help_text=_("Who made it, and for what; who holds its rights.")
    )

    def __init__(
        self, *args: Any, instance: Work | None = None, by: Any = None, **kwargs: Any
    ) -> None:
        self.record = records.read(instance) if instance else None
        if self.record is not None:
            kwargs["initial"] = said_of(self.record)
        super().__init__(*args, **kwargs)
        named: dict[str, Any] = self.fields
        named["file"].by = by
        if self.record is None:
            del self.fields["stamp"]

    def parts(self) -> tuple[Part, ...]:
        return PARTS

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        language = said["original"]
        earlier = self.record or {}
        for name in OF_LANGUAGE:
            said[f"{name}_{language}"] = said.pop(name)
        said[f"abstract_by_{language}"] = AbstractBy.SOURCE if said[f"abstract_{language}"] else ""
        return said | {
            "countries": tuple(sorted(said["countries"])),
            "themes": records.stated(said["themes"], earlier.get("themes", ())),
            "typologies": records.stated(said["typologies"], earlier.get("typologies", ())),
        }

    def refuse(self, error: DomainError) -> None:
        """What is wrong with the title in a language is told at the title."""
        name, _mark, language = error.place.rpartition("_")
        if language in Language.values and name in OF_LANGUAGE:
            error.place = name
        super().refuse(error)


def said_of(record: dict[str, Any]) -> dict[str, Any]:
    """What the form shows of a record."""
    language = record["original"]
    plain = ("original", "type", "year", "publisher", "source_url", "countries")
    return {
        **{name: record[name] for name in plain},
        **{name: record[f"{name}_{language}"] for name in OF_LANGUAGE},
        **{name: [one for one, _ in record[name]] for name in ("themes", "typologies")},
        "authors": authors.written(record["authors"], "\n"),
        "stamp": records.stamp(record),
    }
