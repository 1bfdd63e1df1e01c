"""The keys of the sheet, as its list of keys tells them: what they do and how they are named."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class KeyGroup(NamedTuple):
    """Keys of one purpose, each with what it does."""

    title: str | Promise
    keys: tuple[tuple[str | Promise, str | Promise], ...]


KEYS = (
    KeyGroup(
        _("Move"),
        (
            (_("Arrows"), _("one cell")),
            (_("Tab, Shift+Tab"), _("to the next or the one before; Enter then goes back below")),
            (_("Enter, Shift+Enter"), _("one row down or up")),
            (_("Ctrl+arrows"), _("to the edge of what is filled")),
            (_("Home, End"), _("first or last column")),
            (_("Ctrl+Home, Ctrl+End"), _("first or last cell of the page")),
            (
                _("Ctrl+Page Down, Ctrl+Page Up"),
                _(
                    "next page or the one before; where the browser takes these, Alt instead of Ctrl"
                ),
            ),
            ("F6", _("to the panel of the cell and back")),
            (_("F8, Shift+F8"), _("next warning or the one before")),
        ),
    ),
    KeyGroup(
        _("Write"),
        (
            (_("Any number"), _("replaces the value")),
            ("F2", _("edits it")),
            ("Esc", _("gives the former value back")),
            (_("s, y or 1; n or 0"), _("yes; no, where that is asked")),
            (pgettext_lazy("key", "Space"), _("opens the choices of yes or no")),
            ("n", _("opens the reasons for a missing value, for all that is selected")),
            (_("Delete"), _("empties what is selected")),
        ),
    ),
    KeyGroup(
        _("Select"),
        (
            (_("Shift+arrows, Shift+click, drag"), _("a block")),
            (_("Shift+Space"), _("the row")),
            ("Ctrl+A", _("the page")),
        ),
    ),
    KeyGroup(
        _("Copy and fill"),
        (
            ("Ctrl+C, Ctrl+X", _("copies; cuts")),
            ("Ctrl+V", _("pastes, on the pages that follow too")),
            ("Ctrl+D, Ctrl+R", _("fills downwards; to the right")),
            ("Ctrl+Z, Ctrl+Y", _("undoes; does it again")),
            ("?", _("this list")),
        ),
    ),
)
