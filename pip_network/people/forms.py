"""Forms of the people's rooms. Each lists its fields: nothing else that is sent counts."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pip_network.choices import LETTERS, STOPPABLE, MailKind
from pip_network.models import Institution, RoleAssignment, User
from pip_network.people import scopes, time_zones
from pip_network.people.access import ROLE_LABELS, Role
from pip_network.web.acts import ActForm
from pip_network.web.errors import DomainError
from pip_network.web.fields import day_field
from pip_network.web.reasons import validate_reason

ROLE_CHOICES = [("", _("Choose")), *((role.value, label) for role, label in ROLE_LABELS.items())]
SCOPE_HELP = _(
    "A director is given a project, a coordinator a network, an institution itself, a specialist "
    "a project or the whole"
    " network; experts and the administration the whole network."
)


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=300,
        validators=[validate_reason],
        help_text=_("Stays with the role or the account, for those who run the network."),
    )


class Named(ActForm):
    def refuse(self, error: DomainError) -> None:
        """These rooms show whatever was refused as a form to be mended."""
        super().refuse(error)
        self.status = 422


class RoleField(forms.ChoiceField):
    def __init__(self):
        super().__init__(label=_("Role"), choices=ROLE_CHOICES)

    def clean(self, value):
        return Role(super().clean(value))


def scope_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Where"), choices=scopes.choices, help_text=SCOPE_HELP)


class InstitutionField(forms.ModelChoiceField):
    def __init__(self):
        super().__init__(
            Institution.objects.current().order_by("folded", "pk"),
            label=_("Institution"),
            required=False,
            empty_label=_("None"),
        )


class GiveRoleForm(Named):
    role = RoleField()
    scope = scope_field()
    since = day_field(_("From"), help_text=_("From this day on it counts."))
    reason = reason_field()


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return f"{person.name} · {person.email}"


def successor_field(label, leaving: User) -> PersonField:
    people = User.objects.active().exclude(pk=leaving.pk).order_by("folded", "pk")
    return PersonField(
        people,
        label=label,
        empty_label=_("Choose"),
        help_text=_("Holds the role from the same day on; is told by letter."),
    )


class EndRoleForm(Named):
    until = day_field(
        _("Ends on"),
        help_text=_("From this day on it no longer counts: today's date ends it at once."),
    )
    reason = reason_field()

    def __init__(self, *args, assignment: RoleAssignment, demands: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if assignment.role == Role.DIRECTOR:
            self.fields["successor"] = successor_field(
                _("Who directs the project then"), assignment.person
            )
            self.fields["successor"].required = demands


class SwitchOffForm(Named):
    """One choice of who follows for each project that would be without a director."""

    reason = reason_field()

    def __init__(self, *args, person: User, without_director: list[RoleAssignment], **kwargs):
        super().__init__(*args, **kwargs)
        self.without_director = without_director
        for assignment in without_director:
            label = _("Who directs %(project)s then") % {"project": scopes.label(assignment.scope)}
            self.fields[f"successor_{assignment.pk}"] = successor_field(label, person)

    def arguments(self) -> dict[str, Any]:
        filled = self.cleaned_data
        successors = {
            assignment.scope: filled[f"successor_{assignment.pk}"]
            for assignment in self.without_director
        }
        return {"reason": filled["reason"], "successors": successors}


class PersonForm(Named):
    name = forms.CharField(label=_("Name"), max_length=150)
    institution = InstitutionField()


class InviteForm(Named):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150)
    institution = InstitutionField()
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=settings.LANGUAGES,
        help_text=_("She may choose another one later."),
    )
    role = RoleField()
    scope = scope_field()
    reason = reason_field()


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=time_zones.choices,
        help_text=_("Times of the portal are shown in it."),
    )


class AcceptForm(Named):
    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        help_text=_(
            "At least 8 characters; not only numbers, not a common word, nothing of your name."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = zone_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Both passwords must be the same."))
        return cleaned


class AccountForm(Named):
    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = zone_field()


class LettersForm(Named):
    """A box for each kind that can be stopped. It says which it showed: what came later, or was not
    sent at all, is no choice.
    """

    shown = forms.MultipleChoiceField(
        choices=[(kind.value, kind.label) for kind in STOPPABLE], widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for kind in STOPPABLE:
            self.fields[kind.value] = forms.BooleanField(
                label=kind.label, help_text=LETTERS[kind].about, required=False
            )

    def arguments(self) -> dict[str, Any]:
        filled = self.cleaned_data
        return {"kinds": {MailKind(value): filled[value] for value in filled["shown"]}}
