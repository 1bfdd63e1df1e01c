"""What the tables of the registry draw alike: codes, a state, a column of the file alone."""

from typing import Any

import django_tables2 as tables
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

CODE = {"td": {"class": "nb"}}
MARKS = {
    "active": "st-ok",
    "running": "st-ok",
    "left": "st-draft",
    "ahead": "st-draft",
}  # all others: st-none


def file_column(label: str | Promise, accessor: str | None = None, **extra: Any) -> tables.Column:
    """A column of the file alone."""
    return tables.Column(
        verbose_name=label, accessor=accessor, visible=False, orderable=False, **extra
    )


def state_mark(key: str, label: str, note: str = "") -> SafeString:
    mark = format_html('<span class="st {}">{}</span>', MARKS.get(key, "st-none"), label)
    return format_html('{} <span class="muted nb">{}</span>', mark, note) if note else mark
