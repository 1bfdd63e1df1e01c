"""Targets: what a project meant an indicator to be, beside what it is (rules.md, Targets)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from .evaluation import Evaluation
from .figures import Figure
from .groups import WHOLE, Group
from .money import LOCAL
from .rules import RULES
from .specification import Specification


class Aim(NamedTuple):
    """The target of a figure; None: it has none. `named` of the `projects` behind it have one."""

    value: Decimal | None = None
    named: int = 0
    projects: int = 0


NOTHING = Aim()


def aim(evaluation: Evaluation, group: Group, spec: Specification) -> Aim:
    """What the main value of a group was meant to be.

    Of one project (the group, or the whole of a scope of exactly one): its own target. Of the whole
    of several, where the rule adds values: the sum of theirs, if each project with an eligible unit
    has one. Everything else, and amounts at other prices or in another currency: none.
    """
    as_agreed = spec.prices == "current" and spec.currency != LOCAL
    if evaluation.converted and not as_agreed:
        return NOTHING
    alone = project_of(group, spec)
    if alone:
        target = evaluation.target_of(alone)
        return Aim(target, int(target is not None), 1)
    if group != WHOLE or not evaluation.rule.targets_add:
        return NOTHING
    projects = evaluation.projects(group)
    targets = [target for code in projects if (target := evaluation.target_of(code)) is not None]
    whole = sum(targets, Decimal(0)) if targets and len(targets) == len(projects) else None
    return Aim(whole, len(targets), len(projects))


def project_of(group: Group, spec: Specification) -> str:
    """The one project that a figure is about; empty where it is about none, or several."""
    if len(group) == 1 and group[0][0] == "project":
        return group[0][1]
    scope: Mapping[str, tuple[str, ...]] = spec.scope
    projects = scope.get("projects", ())
    return projects[0] if group == WHOLE and len(projects) == 1 else ""


def progress(figure: Figure, rule: str) -> Decimal | None:
    """How far a figure has come from its baseline to its own target; see `way`."""
    panel = figure.panel
    return way(rule, panel.baseline if panel else None, figure.value, figure.target)


def way(rule: str, baseline: str | None, value: str | None, target: str | None) -> Decimal | None:
    """100 (x - b)/(T - b): how far a value has come from the baseline to a target, in percent;
    None where one of the three is not known, or baseline and target are one. Never aggregated.

    None, too, where the baseline of the panel is no earlier value of the same: of a change, and of
    survival, which begins at 100 whatever was done.
    """
    if baseline is None or value is None or target is None or not RULES[rule].has_way:
        return None
    begun, now, meant = Decimal(baseline), Decimal(value), Decimal(target)
    return None if meant == begun else 100 * (now - begun) / (meant - begun)
