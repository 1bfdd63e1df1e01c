"""Forms of the lessons. What is posted beside is not read."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Confidence, Language, Outcome, Result
from knowledge.models import PARAGRAPHS, Lesson, Work
from knowledge.works.forms.fields import BLANK, several
from knowledge.works.forms.parts import FormInParts, Part
from monitoring.models import FigureDefinition
from monitoring.reports.figure_trace import may_open
from pip_network.choices import Theme
from pip_network.people.access import Permission
from pip_network.web.acts import ActForm
from pip_network.web.meanwhile import StampedForm
from projects.choices import Typology
from projects.models import Project
from workshops.models import Workshop

from . import applying, writing
from .picking import Picked
from .reaching import projects_where

FIGURE_ID = re.compile(r"[0-9a-f]{16}")
HELP = {
    "context": _("Where, with whom, when: what a reader elsewhere needs to compare."),
    "problem": _("What stood in the way."),
    "done": _("Step by step, as far as somebody could do it again."),
    "happened": _("What could be seen afterwards, for better and for worse."),
    "why": _("Why it came so, as far as you know."),
    "not_when": _("Conditions under which you would not do it so again."),
}


def paragraph(name: str, help_text: Any = None) -> forms.CharField:
    return forms.CharField(
        label=writing.LABELS[name],
        help_text=help_text or HELP[name],
        max_length=writing.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


JUDGED = ("outcome", "confidence", "themes", "typologies")
IN_PARTS = Part(
    _("What happened, part by part"),
    PARAGRAPHS,
    _("Context, problem, what was done, what happened, why"),
)
WHAT_CAME = Part(
    _("What came of it, and about what"), JUDGED, _("Outcome, confidence, themes, typologies")
)


class TextForm(StampedForm):
    """The words of a lesson in one language."""

    title = forms.CharField(label=writing.LABELS["title"], max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {name: paragraph(name) for name in PARAGRAPHS}


class CorrectionForm(TextForm, FormInParts):
    """All that a draft says, beside its voice."""

    def __init__(self, *args: Any, instance: Lesson, **kwargs: Any) -> None:
        first = {**writing.read(instance), "stamp": instance.stamp}
        super().__init__(*args, initial=first, **kwargs)
        self.fields |= judgement()

    def parts(self) -> tuple[Part, ...]:
        return Part("", ("title",)), IN_PARTS._replace(is_open=True, about=""), WHAT_CAME

    def arguments(self) -> dict[str, Any]:
        return as_written(self.cleaned_data)


class TranslationForm(TextForm):
    """The words in another language, each beside the original."""

    def __init__(self, *args: Any, instance: Lesson, language: str, **kwargs: Any) -> None:
        rows = {one.language: one for one in instance.texts.all()}
        row, original = rows.get(language), instance.original
        first = {name: getattr(row, name) for name in writing.TEXTS} if row else {}
        first["stamp"] = writing.stamp_of_text(row)
        super().__init__(*args, initial=first, **kwargs)
        for name in writing.TEXTS:
            self.fields[name].help_text = getattr(original, name, "")


class LessonForm(TextForm, FormInParts):
    """A new lesson: first as one would tell it, which is enough for a draft; then in parts, as far
    as one has got.
    """

    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), empty_label=BLANK[1]
    )
    workshop = forms.ModelChoiceField(
        label=_("Where it was learned"),
        queryset=Workshop.objects.order_by("-number"),
        required=False,
        empty_label=_("In the project itself"),
    )
    language = forms.ChoiceField(label=_("Language in which you write"), choices=Language.choices)
    voice = forms.CharField(
        label=_("In your own words"),
        help_text=_("As you would tell it to a colleague. It stays as you write it here."),
        max_length=writing.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    field_order = ("project", "workshop", "language", "voice", "title")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects: Any = self.fields["project"]
        projects.queryset = projects_where(by, Permission.WRITE_LESSON)
        if len(projects.queryset) == 1:
            projects.initial = projects.queryset[0].pk
        self.fields["title"].required = False
        self.fields["title"].help_text = _("What one should remember of it, as a sentence.")
        self.fields |= judgement()
        del self.fields["stamp"]

    def parts(self) -> tuple[Part, ...]:
        return Part("", ("project", "workshop", "language", "voice", "title")), IN_PARTS, WHAT_CAME

    def arguments(self) -> dict[str, Any]:
        said = as_written(self.cleaned_data)
        workshop = said.pop("workshop")
        return {**said, "source": workshop or said["project"]}


class OfReader(ActForm):
    """A form on which something is named that its reader must be able to read."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by


class PieceForm(OfReader):
    """What is said of a piece of evidence."""

    note = forms.CharField(label=_("What it shows"), max_length=300, required=False)
    contrary = forms.BooleanField(label=_("It speaks against the lesson"), required=False)


class FigureForm(PieceForm):
    """`picked`: the figure that was chosen above; without it she names one."""

    figure = forms.CharField(
        label=_("Figure"),
        help_text=_("Its identifier, or the address of its page: open it from any figure."),
        max_length=200,
    )
    field_order = ("figure", "note", "contrary")

    def __init__(self, *args: Any, picked: Picked | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picked = picked
        if picked is not None:
            del self.fields["figure"]

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return said | ({"figure": self.picked.kept()} if self.picked else {})

    def clean_figure(self) -> FigureDefinition:
        """By its identifier or the address of its page. One that she may not open is none."""
        found = FIGURE_ID.search(self.cleaned_data["figure"].lower())
        row = FigureDefinition.objects.filter(pk=found[0]).first() if found else None
        if row is None or not may_open(self.by, row.definition):
            raise ValidationError(
                gettext("No figure that you may open has this identifier: copy it from its page.")
            )
        return row


class WorkForm(PieceForm):
    work = forms.CharField(
        label=_("Code of the work"),
        help_text=_("Eight letters and digits, from its page in the library."),
        max_length=12,
    )
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=99_999, required=False)
    field_order = ("work", "page", "note", "contrary")

    def clean_work(self) -> Work:
        """Of those that she may read."""
        code = self.cleaned_data["work"].strip().upper()
        found = Work.objects.visible_to(self.by).filter(code=code).first()
        if found is None:
            raise ValidationError(gettext("The library has no work of this code."))
        return found


class AddressForm(PieceForm):
    address = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    field_order = ("address", "note", "contrary")


class SupersedingForm(OfReader):
    superseded_by = forms.CharField(
        label=_("Code of the lesson in its place"),
        help_text=_("Eight letters and digits, from its page."),
        max_length=12,
    )

    def clean_superseded_by(self) -> Lesson:
        """Of those that she may read."""
        code = self.cleaned_data["superseded_by"].strip().upper()
        found = Lesson.objects.visible_to(self.by).filter(code=code).first()
        if found is None:
            raise ValidationError(gettext("No validated lesson has this code."))
        return found


class OfProject(ActForm):
    """What one of the reader's projects says; it is not asked where she has one alone."""

    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), empty_label=BLANK[1]
    )
    permission = Permission.CONFIRM_LESSON

    def __init__(self, *args: Any, by: Any, instance: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["project"]
        field.queryset = projects_where(by, self.permission).exclude(pk=instance.project_id)
        if len(field.queryset) == 1:
            field.initial, field.widget = field.queryset[0].pk, forms.HiddenInput()


class ConfirmationForm(OfProject):
    note = forms.CharField(
        label=_("How you know it"),
        max_length=writing.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ApplicationForm(OfProject):
    permission = Permission.WRITE_LESSON
    result = forms.ChoiceField(label=_("How it went"), choices=[BLANK, *Result.choices])
    text = forms.CharField(
        label=_("In a sentence"),
        help_text=_("What you did with it, and what came of it."),
        max_length=applying.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def judgement() -> dict[str, forms.Field]:
    """What is chosen of a lesson."""
    outcomes, degrees = [BLANK, *Outcome.choices], [BLANK, *Confidence.choices]
    label = writing.LABELS
    return {
        "outcome": forms.ChoiceField(label=label["outcome"], choices=outcomes, required=False),
        "confidence": forms.ChoiceField(label=label["confidence"], choices=degrees, required=False),
        "themes": several(label["themes"], Theme.choices),
        "typologies": several(label["typologies"], Typology.choices),
    }


def as_written(said: dict[str, Any]) -> dict[str, Any]:
    """Several values in the order in which they are kept."""
    return {
        **said,
        "themes": tuple(sorted(said["themes"])),
        "typologies": tuple(sorted(said["typologies"])),
    }
