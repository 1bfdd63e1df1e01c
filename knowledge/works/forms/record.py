"""The whole record of a work, for who keeps it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.choices import AbstractBy, Access, Extent, Language, Translated
from knowledge.labels import language_inside
from knowledge.models import Work
from knowledge.works import authors, records
from pip_network.choices import Origin
from pip_network.models import Institution
from projects.models import Network, Project
from workshops.models import Workshop

from . import fields
from .parts import FormInParts, Part

BEFORE = (
    Part(
        _("The work"),
        ("original", "type", "type_text", "authors", "year", "year_text", "publisher"),
        is_open=True,
    ),
)
AFTER = (
    Part(_("What it is about"), ("themes", "typologies", "countries", "extent")),
    Part(_("To whom it belongs"), ("institutions", "projects", "networks", "workshop", "product")),
    Part(_("Where it is read, and its rights"), ("source_url", "doi", "licence")),
    Part(
        _("Who may read it"),
        ("access", "open_to_institutions", "open_to_projects", "embargo_until"),
    ),
    Part(
        _("Where the record comes from"),
        ("origin", *(f"provenance_{language}" for language in records.LANGUAGES)),
    ),
)


class RecordForm(FormInParts):
    original = forms.ChoiceField(label=_("Language of the original"), choices=Language.choices)
    authors = fields.AuthorsField()
    type = fields.type_field()
    type_text = forms.CharField(
        label=_("Type, as the source states it"), max_length=80, required=False
    )
    year = fields.year_field()
    year_text = forms.CharField(
        label=_("Year, as the source states it"), max_length=80, required=False
    )
    publisher = fields.publisher_field()
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    doi = forms.CharField(label=_("DOI"), max_length=120, required=False)
    source_url = fields.address_field()
    countries = fields.CountriesField(label=_("Countries"))
    extent = forms.ChoiceField(
        label=_("Reach"), choices=[fields.BLANK, *Extent.choices], required=False
    )
    themes = fields.themes_field()
    typologies = fields.typologies_field()
    institutions = fields.several_rows(_("Institutions"), Institution.objects.current())
    projects = fields.several_rows(_("Projects"), Project.objects.current())
    networks = fields.several_rows(_("Networks"), Network.objects.current())
    workshop = forms.ModelChoiceField(
        label=_("Workshop"), queryset=Workshop.objects.all(), required=False
    )
    product = forms.IntegerField(
        label=_("Product of the programme"), required=False, min_value=1, max_value=7
    )
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices)
    open_to_institutions = fields.several_rows(
        _("Institutions that may read it"),
        Institution.objects.current(),
        help_text=_("Only when it is for named institutions and projects."),
    )
    open_to_projects = fields.several_rows(
        _("Projects that may read it"), Project.objects.current()
    )
    embargo_until = forms.DateTimeField(
        label=_("Hidden until"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("Until that minute only who curates sees it."),
    )
    origin = forms.ChoiceField(label=_("Origin of these facts"), choices=Origin.choices)

    def __init__(self, *args: Any, instance: Work, **kwargs: Any) -> None:
        self.record = records.read(instance)
        initial = {
            **self.record,
            "authors": authors.written(self.record["authors"], "\n"),
            "stamp": records.stamp(self.record),
        }
        for name in ("themes", "typologies"):
            initial[name] = [value for value, _inferred in self.record[name]]
        super().__init__(*args, **{**kwargs, "initial": initial})
        for language in Language:
            self._add_language(language.value)

    def _add_language(self, code: str) -> None:
        """Title, abstract and provenance in one language."""
        said = {"language": language_inside(code)}
        self.fields[f"title_{code}"] = forms.CharField(
            label=_("Title in %(language)s") % said, max_length=300, required=False
        )
        self.fields[f"translation_status_{code}"] = forms.ChoiceField(
            label=_("Its translation into %(language)s") % said,
            choices=[fields.BLANK, *Translated.choices],
            required=False,
        )
        self.fields[f"abstract_{code}"] = fields.long_text(_("Abstract in %(language)s") % said)
        self.fields[f"abstract_by_{code}"] = forms.ChoiceField(
            label=_("Who wrote the abstract in %(language)s") % said,
            choices=[fields.BLANK, *AbstractBy.choices],
            required=False,
        )
        self.fields[f"provenance_{code}"] = fields.long_text(_("Provenance in %(language)s") % said)

    def parts(self) -> tuple[Part, ...]:
        return (*BEFORE, *map(self._in_language, Language), *AFTER)

    def _in_language(self, language: Language) -> Part:
        """Its title is what the folded part says."""
        code = language.value
        return Part(
            _("In %(language)s") % {"language": language_inside(code)},
            tuple(f"{name}_{code}" for name in records.OF_EXPRESSION),
            self.record[f"title_{code}"] or _("No title in this language"),
            is_open=self.record["original"] == code,
        )

    def arguments(self) -> dict[str, Any]:
        """What was inferred from the title and is still chosen stays inferred."""
        said = dict(self.cleaned_data)
        for name in records.MANY:
            said[name] = tuple(sorted(said[name], key=lambda row: row.pk))
        for name in ("themes", "typologies"):
            said[name] = records.stated(said[name], earlier=self.record[name])
        return said | {"countries": tuple(sorted(said["countries"]))}
