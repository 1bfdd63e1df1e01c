"""Loaded by pytest before Django: whoever runs the tests runs them with the test settings, each
process in its own folder.
"""

import os
from pathlib import Path

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_data = Path(
    os.environ.get("PIP_TEST_DATA")
    or os.environ.get("PIP_DATA")
    or Path(__file__).resolve().parents[1] / ".data" / "test"
)
os.environ["PIP_MODE"] = "test"
os.environ["PIP_TEST_DATA"] = str(_data)
os.environ["PIP_DATA"] = str(_data / _worker)
os.environ["REDIS_PREFIX"] = (
    f"pip-test-{os.environ.setdefault('PIP_TEST_RUN', str(os.getpid()))}-{_worker}"
)
