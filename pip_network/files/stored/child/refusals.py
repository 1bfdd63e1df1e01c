"""What the process raises when it will not go on."""


class Refused(Exception):
    """The file is not read. `key` names its sentence in `reading.py` of the folder above."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
