"""What `make run` and `make test` start before anything is installed: standard library only, run as
a folder by any Python.

python -I pip_network/running/serve run                                  the whole portal, until
Ctrl-C python -I pip_network/running/serve test|coverage|check|bench|browser|messages    the
developer's commands (see the Makefile)
"""

import sys

import catalogues
import developer
import environment
import portal
from place import Failure


def main(arguments: list[str]) -> int:
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
