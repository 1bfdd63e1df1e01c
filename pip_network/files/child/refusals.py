"""How the process says that a file as a whole is not read."""

from typing import Any


class Refused(Exception):
    """The file is not read. `key` names its sentence where the process was asked, `details` fill it."""

    def __init__(self, key: str, **details: str | int) -> None:
        super().__init__(key)
        self.answer: dict[str, Any] = {"refused": key, **details}
