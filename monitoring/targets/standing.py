"""How the targets of a project stand: what is agreed, what is proposed, and under which stamp."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from monitoring.models import Target, TargetProposal
from projects.models import Project

Key = tuple[str, str]  # indicator and round


@dataclass(frozen=True)
class Standing:
    """Of one project: rows in force (a withdrawn one, too) and open proposals, each by indicator and
    round.
    """

    agreed: dict[Key, Target] = field(default_factory=dict)
    proposed: dict[Key, TargetProposal] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, *indicators: str) -> "Standing":
        """Two queries. Of all indicators, or of some."""
        only = {"indicator__in": indicators} if indicators else {}
        agreed = Target.objects.live().filter(project=project, **only)
        proposed = TargetProposal.objects.open().filter(project=project, **only)
        return cls(
            {(row.indicator, row.round): row for row in agreed.select_related("approved_in")},
            {(row.indicator, row.round): row for row in proposed.select_related("proposed_by")},
        )

    def target(self, key: Key) -> Decimal | None:
        """What is agreed; None where nothing is, or it was withdrawn."""
        return self.agreed[key].value if key in self.agreed else None

    def meant(self, key: Key) -> Decimal | None:
        """What the project means it to be as it stands: what it proposes, else what is agreed."""
        return self.proposed[key].value if key in self.proposed else self.target(key)

    def rounds(self, indicator: str) -> set[str]:
        """Where an indicator has a target, or would have one."""
        named = {at for code, at in self.proposed if code == indicator}
        return named | {
            at
            for (code, at), row in self.agreed.items()
            if code == indicator and row.value is not None
        }

    def stamp(self, indicator: str) -> str:
        """Another one as soon as anything of an indicator is another."""
        rows: Iterable[tuple] = [
            *((at, row.pk) for (code, at), row in self.agreed.items() if code == indicator),
            *(
                (at, row.pk, row.stamp)
                for (code, at), row in self.proposed.items()
                if code == indicator
            ),
        ]
        return hashlib.sha256(repr(sorted(map(str, rows))).encode()).hexdigest()[:16]
