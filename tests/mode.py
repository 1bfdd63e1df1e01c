"""Loaded by pytest before Django: whoever runs the tests runs them with the test settings, each
process in its own folder.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_data = Path(
    os.environ.get("PIP_TEST_DATA") or os.environ.get("PIP_DATA") or ROOT / ".data" / "test"
)
os.environ["PIP_MODE"] = "test"
os.environ["PIP_TEST_DATA"] = str(_data)
os.environ["PIP_DATA"] = str(_data / _worker)
os.environ["REDIS_PREFIX"] = (
    f"pip-test-{os.environ.setdefault('PIP_TEST_RUN', str(os.getpid()))}-{_worker}"
)

if not _worker:  # whoever starts the workers has done it for them
    _builder = [
        sys.executable,
        "-I",
        str(ROOT / "pip_network/running/serve/catalogues.py"),
        str(ROOT / "locale"),
    ]
    if subprocess.run(_builder, check=False).returncode:
        sys.exit(1)
