"""How the process says that a file as a whole is not read."""

from .answers import Answer


class Refused(Exception):
    """The file is not read. `key` names the sentence in `reading.py`, `details` fill it."""

    def __init__(self, key: str, **details: str | int) -> None:
        super().__init__(key)
        self.answer: Answer = {"refused": key, **details}
