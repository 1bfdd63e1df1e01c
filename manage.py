#!/usr/bin/env python
"""Django's command-line utility for the portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 -- the error below needs it here
    except ImportError as error:
        sys.exit(
            f"Django is not installed in this Python ({error}). Run `make run` or use "
            ".venv/bin/python."
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
