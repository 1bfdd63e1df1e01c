"""Checks between cells, declared in the catalogue and evaluated here: the same ones in every door."""

from .data import Finding, Past, SheetData
from .evaluate import evaluate
from .kinds import KINDS

__all__ = ["KINDS", "Finding", "Past", "SheetData", "evaluate"]
