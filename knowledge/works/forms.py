"""Forms of the library: the record, its file, why it goes. What is posted beside is not read."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from knowledge.choices import (
    AbstractBy,
    Access,
    Extent,
    Language,
    Translated,
    WorkType,
)
from knowledge.models import Work
from pip_network.choices import Origin, Theme
from pip_network.files.stored import StoredFileField
from pip_network.models import Institution
from pip_network.web.acts import ActForm
from pip_network.web.orders import sorted_by_name
from pip_network.web.reasons import validate_reason
from projects.choices import Typology
from projects.models import Network, Project
from workshops.models import Workshop

from . import authors, records

BLANK = ("", "—")
FROM_MANY = _("To choose several, hold the Ctrl key, or Cmd on a Mac.")


def long_text(label: Any, **extra: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 4}), required=False, **extra
    )


def several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """Of a handful, each with its box."""
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=boxes)


def what_is_kept() -> str:
    said = gettext(
        "PDF, Word, Excel, PowerPoint, OpenDocument, CSV, plain text, PNG or JPEG, "
        "up to %(megabytes)s MB."
    )
    return said % {"megabytes": settings.UPLOAD_MOST_BYTES >> 20}


class AuthorsField(forms.CharField):
    """Names, one a line, as rows of authors."""

    widget = forms.Textarea

    def clean(self, value: Any) -> tuple[authors.Named, ...]:
        try:
            return authors.read(super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class ProposalForm(ActForm):
    """What a member says of a work that she proposes."""

    original = forms.ChoiceField(label=_("Language of the original"), choices=Language.choices)
    title = forms.CharField(label=_("Title, in that language"), max_length=300)
    authors = AuthorsField(
        label=_("Authors"),
        required=False,
        help_text=_(
            "One a line: “Dini, Marco”; a body by its name, in «» if it has a comma; "
            "“(ed.)” after an editor."
        ),
    )
    type = forms.ChoiceField(label=_("Type"), choices=WorkType.choices)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1400, max_value=2100)
    publisher = forms.CharField(label=_("Publisher"), max_length=300, required=False)
    abstract = long_text(_("Abstract, in that language"), max_length=5000)
    countries = forms.MultipleChoiceField(label=_("Countries"), required=False, help_text=FROM_MANY)
    themes = several(_("Themes"), Theme.choices)
    typologies = several(_("Typologies"), Typology.choices)
    source_url = forms.URLField(
        label=_("Address where it is read"), max_length=500, required=False, assume_scheme="https"
    )
    provenance = long_text(
        _("Where it comes from"), help_text=_("Who made it, and for what; who holds its rights.")
    )
    file = StoredFileField(label=_("File"), required=False, help_text=lazy(what_is_kept, str)())

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["countries"].choices = sorted_by_name(dict(countries).items())
        fields["authors"].widget.attrs["rows"] = 3
        fields["file"].by = by

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        language = said["original"]
        said[f"title_{language}"] = said.pop("title")
        said[f"abstract_{language}"] = abstract = said.pop("abstract")
        said[f"abstract_by_{language}"] = AbstractBy.SOURCE if abstract else ""
        said[f"provenance_{language}"] = said.pop("provenance")
        return said | {
            "countries": tuple(sorted(said["countries"])),
            "themes": records.stated(said["themes"]),
            "typologies": records.stated(said["typologies"]),
        }


class RecordForm(ActForm):
    """The whole record, for who keeps it."""

    original = forms.ChoiceField(label=_("Language of the original"), choices=Language.choices)
    authors = AuthorsField(label=_("Authors"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=WorkType.choices)
    type_text = forms.CharField(
        label=_("Type, as the source states it"), max_length=80, required=False
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1400, max_value=2100)
    year_text = forms.CharField(
        label=_("Year, as the source states it"), max_length=80, required=False
    )
    publisher = forms.CharField(label=_("Publisher"), max_length=300, required=False)
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    doi = forms.CharField(label=_("DOI"), max_length=120, required=False)
    source_url = forms.URLField(
        label=_("Address where it is read"), max_length=500, required=False, assume_scheme="https"
    )
    countries = forms.MultipleChoiceField(label=_("Countries"), required=False, help_text=FROM_MANY)
    extent = forms.ChoiceField(label=_("Reach"), choices=[BLANK, *Extent.choices], required=False)
    themes = several(_("Themes"), Theme.choices)
    typologies = several(_("Typologies"), Typology.choices)
    institutions = forms.ModelMultipleChoiceField(
        label=_("Institutions"), queryset=Institution.objects.current(), required=False
    )
    projects = forms.ModelMultipleChoiceField(
        label=_("Projects"), queryset=Project.objects.current(), required=False
    )
    networks = forms.ModelMultipleChoiceField(
        label=_("Networks"), queryset=Network.objects.current(), required=False
    )
    workshop = forms.ModelChoiceField(
        label=_("Workshop"), queryset=Workshop.objects.all(), required=False
    )
    product = forms.IntegerField(
        label=_("Product of the programme"), required=False, min_value=1, max_value=7
    )
    access = forms.ChoiceField(label=_("Who may read it"), choices=Access.choices)
    open_to_institutions = forms.ModelMultipleChoiceField(
        label=_("Institutions that may read it"),
        queryset=Institution.objects.current(),
        required=False,
        help_text=_("Only when it is for named institutions and projects."),
    )
    open_to_projects = forms.ModelMultipleChoiceField(
        label=_("Projects that may read it"), queryset=Project.objects.current(), required=False
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
        initial = {**self.record, "authors": authors.written(self.record["authors"], "\n")}
        for name in ("themes", "typologies"):
            initial[name] = [value for value, _inferred in self.record[name]]
        super().__init__(*args, **{**kwargs, "initial": initial})
        fields: dict[str, Any] = self.fields
        fields["countries"].choices = sorted_by_name(dict(countries).items())
        fields["authors"].widget.attrs["rows"] = 3
        for language in Language:
            self._add_language(language.value, str(language.label))
        self.fields["stamp"] = forms.CharField(
            widget=forms.HiddenInput, max_length=16, initial=records.stamp(self.record)
        )

    def _add_language(self, code: str, name: str) -> None:
        """Title, abstract and provenance in one language."""
        said = {"language": name.lower()}
        self.fields[f"title_{code}"] = forms.CharField(
            label=_("Title in %(language)s") % said, max_length=300, required=False
        )
        self.fields[f"translation_status_{code}"] = forms.ChoiceField(
            label=_("Its translation into %(language)s") % said,
            choices=[BLANK, *Translated.choices],
            required=False,
        )
        self.fields[f"abstract_{code}"] = long_text(_("Abstract in %(language)s") % said)
        self.fields[f"abstract_by_{code}"] = forms.ChoiceField(
            label=_("Who wrote the abstract in %(language)s") % said,
            choices=[BLANK, *AbstractBy.choices],
            required=False,
        )
        self.fields[f"provenance_{code}"] = long_text(_("Provenance in %(language)s") % said)

    def arguments(self) -> dict[str, Any]:
        """What was inferred from the title and is still chosen stays inferred."""
        said = dict(self.cleaned_data)
        for name in records.MANY:
            said[name] = tuple(sorted(said[name], key=lambda row: row.pk))
        for name in ("themes", "typologies"):
            said[name] = records.stated(said[name], earlier=self.record[name])
        return said | {"countries": tuple(sorted(said["countries"]))}


class FileForm(ActForm):
    """A file in one of the languages in which the work has a title."""

    language = forms.ChoiceField(label=_("Language"))
    file = StoredFileField(label=_("File"), help_text=lazy(what_is_kept, str)())

    def __init__(self, *args: Any, instance: Work, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = instance.expressions.all()
        labels = dict(Language.choices)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = [(row.language, labels[row.language]) for row in rows]
        fields["file"].by = by


class WithdrawalForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_reason],
        help_text=_("Everybody who could read the work reads it, and who proposed it."),
    )
    replaced_by = forms.CharField(
        label=_("Code of the work that replaces it"), max_length=8, required=False
    )
