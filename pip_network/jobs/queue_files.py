"""The queue of the embedded default: kombu's queue in files, except that a message appears whole or
not at all.

kombu opens the file of a message before it writes it, and a worker that looks at that moment takes
an empty one and stops. Here it is written beside the queue's names and renamed.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Writes messages aside and renames them."""

    # The two classes of kombu above this one call the second argument differently.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """As the library's own, which it replaces; raises ChannelError when the disk refuses."""
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        aside = Path(self.data_folder_out, f".{name}.part")  # a name that no queue reads
        try:
            aside.write_text(dumps(payload), "utf-8")
            aside.rename(aside.with_name(name))
        except OSError as error:
            raise ChannelError(f"Cannot add file {name!r} to directory") from error


class Transport(filesystem.Transport):
    """kombu's queue in files, with our channel."""

    Channel = Channel
