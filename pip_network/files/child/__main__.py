"""Where the process begins: `python -I <this folder> <errand as JSON>`.

The folder above is made the place to import from, so that the modules in here name each other as in
any package, while `pip_network` itself cannot be imported.
"""

import sys
from importlib import import_module
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])
import_module("child.program").main()
