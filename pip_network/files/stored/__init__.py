"""The one door for files that the portal keeps: what comes in, how it is kept, how it goes out.

`keep` takes a file that is here, `uploads` takes one in pieces (tus 1.0), `StoredFileField` is both
in a form. `answer` hands one out. Who may read a kept file is asked by whoever points to it.
"""

from .fields import StoredFileField
from .keeping import keep, opened
from .reading import Refused, sentence_of
from .serving import answer

__all__ = ["Refused", "StoredFileField", "answer", "keep", "opened", "sentence_of"]
