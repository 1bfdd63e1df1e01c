"""What a harvester is told instead of an answer. English, as the protocol's own words are: programs
read it, and who writes them.
"""


class OaiError(Exception):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


def bad_argument(text: str) -> OaiError:
    return OaiError("badArgument", text)
