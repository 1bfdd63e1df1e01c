"""The index of the library: made of its works and never edited. `rebuild_library_index` makes it
anew, so backups leave it out.
"""

from typing import ClassVar

from django.db import models

from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField


class IndexHead(models.Model):
    """One row, locked by who writes to the index, so that numbers become visible in their order."""

    seq = models.BigIntegerField(default=0)
    built = models.PositiveIntegerField(default=0)
    keys = models.PositiveSmallIntegerField(default=0)
    ghosts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)


class IndexRow(models.Model):
    """What the index knows of a work. Each new text takes a new number, which is never used again;
    `seq` is the last change of anything, its readers included.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    code = models.CharField(max_length=8, unique=True, editable=False)
    seq = models.BigIntegerField(db_index=True)
    digest = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    audience = models.JSONField(default=list)
    pages = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.code


class Form(Computing):
    """A word as some work writes it. `common`: in a title or the like, or often in one work."""

    form = models.CharField(max_length=80, unique=True, editable=False)
    folded = FoldedField("form")
    key = models.CharField(max_length=40)
    common = models.BooleanField(default=False)

    objects = ComputingQuerySet["Form"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["folded"], name="form_folded")]

    def __str__(self) -> str:
        return self.form


class FormCut(models.Model):
    """A common word without one of its letters: two words that are a typing error apart share one."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="cuts")
    cut = models.CharField(max_length=80, db_index=True)

    def __str__(self) -> str:
        return self.cut
