"""How the cells of a workbook look: what is hers to fill in, and what is not."""

from typing import Any

from monitoring.choices import ValueType

LINE = "#c9d1d9"


class Formats:
    """Made once for a book: a format is written once, however many cells it has."""

    def __init__(self, book: Any) -> None:
        framed = {"border": 1, "border_color": LINE, "font_size": 10}
        add = book.add_format
        self.title = add({"bold": True, "font_size": 14})
        self.bold = add({"bold": True})
        self.text = add({"text_wrap": True, "valign": "top"})
        self.code = add({**framed, "font_color": "#6b7680", "font_size": 8})
        self.head = add(
            {**framed, "bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e8eef3"}
        )
        self.unit = add({**framed, "italic": True, "text_wrap": True, "bg_color": "#e8eef3"})
        self.name = add({**framed, "bg_color": "#f4f6f8"})
        self.shut = add({**framed, "bg_color": "#dfe3e8", "font_color": "#46535f"})
        self.refused = add({**framed, "bg_color": "#f7c6c5", "locked": False})
        self.clash = add({**framed, "bg_color": "#fbe3b0", "locked": False})
        self._open = add({**framed, "locked": False})
        self._amount = add({**framed, "locked": False, "num_format": "#,##0.00"})

    def open(self, value_type: str) -> Any:
        """Of a cell that people fill in."""
        return self._amount if value_type == ValueType.AMOUNT else self._open
