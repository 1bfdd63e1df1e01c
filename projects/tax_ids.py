"""Tax identifications, which everybody writes in a way of their own."""

import unicodedata

from pip_network.folding.columns import ComputedField


def tax_key(text: str) -> str:
    """A tax id without what people write it with: `20-12345678/9 k` and `20.123456789K` are one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter.isalnum())


class TaxKeyField(ComputedField):
    """The one normal form: what firms are found, imported, searched and compared by."""

    def compute(self, *texts: str) -> str:
        return "".join(map(tax_key, texts))
