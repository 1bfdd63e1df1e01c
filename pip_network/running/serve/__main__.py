"""Where the program begins: `python -I pip_network/running/serve ...`, see `program.py`.

The folder above is made the place to import from, so that the modules in here name each other as in
any package, while `pip_network`, which needs what is not installed yet, is not touched.
"""

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    sys.exit(import_module("serve.program").main(sys.argv[1:]))
