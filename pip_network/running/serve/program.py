"""What `make run` and `make test` start before anything is installed: standard library only, by any
Python.

python -I pip_network/running/serve run
    the whole portal, until Ctrl-C
python -I pip_network/running/serve test|coverage|check|bench|browser|messages
    the developer's commands (see the Makefile)
"""

import sys

from . import catalogues, developer, environment, portal
from .place import Failure


def main(arguments: list[str]) -> int:
    """The exit status of the command that `arguments` name; failures are one sentence each."""
    try:
        if arguments == ["run"]:
            return portal.run()
        if arguments[:1] and arguments[0] in developer.COMMANDS:
            environment.prepare("dev")
            return developer.COMMANDS[arguments[0]](arguments[1:])
        print(__doc__, file=sys.stderr)
        return 2
    except (Failure, catalogues.Faulty) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
