"""What a row of a file changes of a thing that the registry knows already."""

from collections.abc import Sequence

from pip_network.files.importing import PlannedRow


def changes_of(row: PlannedRow, names: Sequence[str]) -> dict:
    return {name: new for name, (_old, new) in row.changes.items() if name in names}


def refuse_change(row: PlannedRow, name: str, sentence: str) -> None:
    """A fact that is told once and does not change by a file: its day may be given, not moved and
    not taken away.
    """
    if row.instance is not None and name in row.changes and row.changes[name][0]:
        row.refuse(sentence)
