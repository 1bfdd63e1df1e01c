"""Several of many: boxes with a filter, in groups, for the keyboard and for narrow screens."""

from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField


class Boxes(forms.CheckboxSelectMultiple):
    """A list of boxes that scrolls; `templates/ui/boxes.html` draws it, `static/js/boxes.js` narrows
    it as one types. Without a script the whole list is there.
    """


class Box(NamedTuple):
    value: str
    label: str
    chosen: bool
    id: str


class Group(NamedTuple):
    """Boxes under one heading; the heading is empty where there are no groups."""

    title: str
    boxes: list[Box]


def groups_of(field: BoundField) -> list[Group]:
    """The boxes of a field as it stands. Choices without a group stand together."""
    widget: Any = field.field.widget
    value = widget.format_value(field.value() or [])
    found: list[Group] = []
    for title, options, _index in widget.optgroups(field.html_name, value):
        boxes = [
            Box(
                str(one["value"]),
                str(one["label"]),
                one["selected"],
                f"{field.auto_id}_{one['value']}",
            )
            for one in options
        ]
        if title is None and found and not found[-1].title:
            found[-1].boxes.extend(boxes)
        else:
            found.append(Group(str(title or ""), boxes))
    return found
