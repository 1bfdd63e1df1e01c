"""Forms of targets: what the project means an indicator to be, round by round, and why; which
proposals are decided about.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.models import TargetProposal
from pip_network.web.acts import ActForm
from pip_network.web.errors import Conflict, DomainError
from pip_network.web.number_field import TypedNumber, typed_text

from .actions import LONGEST
from .standing import Standing

FIELD = "value-"


def _words(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=help_text,
    )


class ProposeForm(ActForm):
    """One field for each round that asks the indicator, filled with what it is meant to be now."""

    note = _words(
        gettext_lazy("Justification"),
        gettext_lazy("Why these values, in at least ten letters: the specialist reads it."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        indicator: str = "",
        rounds: Sequence[str] = (),
        standing: Standing | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = list(rounds)
        self.stamp = standing.stamp(indicator) if standing else ""
        self.fields["seen"].initial = self.stamp
        for code in self.rounds:
            value = standing.meant((indicator, code)) if standing else None
            initial = "" if value is None else typed_text(value)
            self.fields[FIELD + code] = TypedNumber(label=code, initial=initial)

    def arguments(self) -> dict[str, Any]:
        values: dict[str, Decimal | None] = {
            code: self.cleaned_data[FIELD + code] for code in self.rounds
        }
        return {
            "values": values,
            "note": self.cleaned_data["note"],
            "seen": self.cleaned_data["seen"],
        }

    def refuse(self, error: DomainError) -> None:
        """At the round that it is about. After a conflict what stands now has been seen: sending
        the form again decides knowingly.
        """
        self.status = error.status
        place = FIELD + error.place if error.place in self.rounds else error.place
        if isinstance(error, Conflict):
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["seen"] = self.stamp
            self.data = data
        self.add_error(place if place in self.fields else None, str(error.message))


class DecideForm(ActForm):
    """Which proposals, as they were seen, and why."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Proposals"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = _words(
        gettext_lazy("Reason or remark"),
        gettext_lazy(
            "At least ten letters. With an agreement it stays in the record; sent back, it is what "
            "the director reads."
        ),
    )

    def __init__(self, *args: Any, proposals: Sequence[TargetProposal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (f"{row.pk}.{row.stamp}", str(row)) for row in proposals
        ]
        self.fields["chosen"].error_messages["invalid_choice"] = _(
            "Some of these proposals were changed or decided since you looked: nothing has been "
            "stored. Look at them as they stand now."
        )

    def arguments(self) -> dict[str, Any]:
        pairs = (one.split(".") for one in self.cleaned_data["chosen"])
        return {
            "chosen": {int(number): int(stamp) for number, stamp in pairs},
            "reason": self.cleaned_data["reason"],
        }
