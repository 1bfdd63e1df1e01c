"""Forms of firms and their memberships."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pip_network.web.columns import column_of
from pip_network.web.errors import DomainError
from pip_network.web.fields import day_field
from pip_network.web.reasons import validate_reason
from projects.actions.firms import EDITABLE
from projects.actions.merging import TAKEABLE
from projects.choices import AnonymisingReason, ArchivingReason, ClosingReason, LeavingReason
from projects.models import Country, Firm, Membership, Network

from .base import RegistryForm
from .registry import by_name

# What people choose; the other reasons are written by what they follow from.
BY_PEOPLE = [
    pair for pair in LeavingReason.choices if pair[0] not in ("duplicate", "network_ended")
]


class FirmForm(RegistryForm):
    model = Firm
    columns = EDITABLE
    stamped: ClassVar[tuple[str, ...]] = EDITABLE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name(self.field("country", forms.ModelChoiceField), Country.objects.all())
        self.fields["name"].required = True
        self.fields["name"].help_text = _(
            "As in its papers. Only those who work with the firm see it."
        )
        self.fields["tax_id"].help_text = _(
            "Dots, hyphens and spaces do not matter. Leave it empty when there is none."
        )


class NewFirmForm(FirmForm):
    """A firm and its joining, in one.

    `looked_at` are the codes of the firms alike that were shown and are not it.
    """

    stamped = ()
    joined_on = day_field(_("Joined on"))
    looked_at = forms.CharField(widget=forms.HiddenInput, max_length=300, required=False)

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        self.alike: Any = None  # firms that it may be, once they have been found
        start = {"country": network.country_id, "sector": network.sector}
        super().__init__(*args, **kwargs, initial=start)
        self.fields["joined_on"].help_text = _("The day from which it takes part in the network.")

    def refuse(self, error: DomainError) -> None:
        """Firms alike are shown once: sent again, the form says that they have been looked at."""
        super().refuse(error)
        self.alike = error.context.get("alike")
        if self.alike:
            self.send_again("looked_at", " ".join(pair.second for pair, _firm in self.alike))


class JoinForm(RegistryForm):
    """Another network, or another instead of one it is in."""

    network = forms.ModelChoiceField(label=_("Network"), queryset=Network.objects.none())
    leaves = forms.ModelChoiceField(
        label=_("Leaves on that day"),
        queryset=Network.objects.none(),
        required=False,
        empty_label=_("None: it is in both"),
    )
    joined_on = day_field(_("Joined on"))

    def __init__(
        self, *args: Any, networks: QuerySet[Network], present: QuerySet[Network], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.field("network", forms.ModelChoiceField).queryset = networks
        self.field("leaves", forms.ModelChoiceField).queryset = present


class LeaveForm(RegistryForm):
    left_on = day_field(_("Last day in the network"))
    leaving_reason = forms.ChoiceField(
        label=_("Reason for leaving"), choices=[("", "---------"), *BY_PEOPLE]
    )

    def arguments(self) -> dict[str, Any]:
        filled = self.cleaned_data
        return {"left_on": filled["left_on"], "reason": filled["leaving_reason"]}


class MembershipForm(RegistryForm):
    """A slip in the days of a membership; what the record has frozen is shown and not asked."""

    model = Membership
    columns = ("joined_on", "left_on", "leaving_reason")

    def __init__(
        self, *args: Any, instance: Membership, fixed: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        for name in fixed:
            del self.fields[name]
        if "leaving_reason" in self.fields:
            own = instance.leaving_reason
            reasons = [
                pair for pair in LeavingReason.choices if pair in BY_PEOPLE or pair[0] == own
            ]
            self.fields["leaving_reason"] = forms.ChoiceField(
                label=_("Reason for leaving"), choices=reasons, initial=own
            )
        if "left_on" in self.fields:
            self.fields["left_on"].required = True


class CloseForm(RegistryForm):
    closed_on = day_field(_("Closed on"))
    closing_reason = forms.ChoiceField(
        label=_("Reason for closing"), choices=[("", "---------"), *ClosingReason.choices]
    )

    def arguments(self) -> dict[str, Any]:
        filled = self.cleaned_data
        return {"closed_on": filled["closed_on"], "reason": filled["closing_reason"]}


class ArchiveFirmForm(RegistryForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", "---------"), *ArchivingReason.choices]
    )


class AnonymiseForm(RegistryForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", "---------"), *AnonymisingReason.choices]
    )
    code = forms.CharField(
        label=_("Code of the firm"),
        max_length=12,
        help_text=_("Type it, to be sure that it is this one."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper()
        if self.instance is None or code != self.instance.pk:
            raise forms.ValidationError(_("This is not the code of this firm."))
        return code

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class MergeForm(RegistryForm):
    """Which facts the firm that stays has afterwards: its own, or the other's.

    Only those that differ are asked.
    """

    reason = forms.CharField(
        label=_("How do you know that they are the same?"),
        max_length=300,
        validators=[validate_reason],
        help_text=_("Kept with the merge; it goes when the firm is anonymised."),
    )

    def __init__(self, *args: Any, survivor: Firm, duplicate: Firm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {}
        for name in TAKEABLE:
            own, other = _display(survivor, name), _display(duplicate, name)
            if getattr(survivor, name) != getattr(duplicate, name):
                choices[name] = forms.ChoiceField(
                    label=str(column_of(Firm, name).verbose_name).capitalize(),
                    choices=[("own", own or _("empty")), ("other", other or _("empty"))],
                    initial="own" if getattr(survivor, name) not in ("", "unknown") else "other",
                )
        self.fields = {**choices, **self.fields}

    def arguments(self) -> dict[str, Any]:
        take = [name for name in TAKEABLE if self.cleaned_data.get(name) == "other"]
        return {"take": take, "reason": self.cleaned_data["reason"]}


def _display(firm: Firm, name: str) -> str:
    display = getattr(firm, f"get_{name}_display", None)
    return str(display() if display else getattr(firm, name))
