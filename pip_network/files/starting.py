"""Starting the process that looks into files from outside."""

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("child")  # it is run as a program


def command(errand: dict[str, Any]) -> list[str]:
    """What is run for an errand: what to do, within which limits of the process."""
    return [sys.executable, "-I", str(FOLDER), json.dumps(errand)]
