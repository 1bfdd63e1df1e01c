"""What of the source the tests run: loaded by `make coverage`, before the portal is.

slipcover compiles the portal with a probe at each line and branch, which costs hardly more than not
to watch. A tracer looks at every step of every process (coverage.py more than doubled the suite).
Processes that tests start are not seen.
"""

import json
import os
import tomllib
from pathlib import Path

import pytest
import slipcover

ROOT = Path(__file__).resolve().parents[1]
WORKER = "PYTEST_XDIST_WORKER" in os.environ
# To take probes away costs a walk over all functions, as much as a million of them: it begins when
# one alone was asked so often.
OFTEN = 1_000_000

chosen = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["slipcover"]
watcher = slipcover.Slipcover(
    d_miss_threshold=OFTEN,
    branch=chosen["branch"],
    source=None if WORKER else chosen["source"],  # files that no test loads are told once
    omit=chosen["omit"],
)
told: list[dict] = []


def pytest_addoption(parser):
    parser.addoption(
        "--watched", metavar="FILE", required=True, help="where it is written, as JSON"
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """From here on the portal is loaded; not watched in a process that lets others run the tests."""
    if WORKER or not early_config.known_args_namespace.numprocesses:
        files = slipcover.FileMatcher(chosen["source"], chosen["omit"])
        slipcover.ImportManager(watcher, files).__enter__()
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    if "watched" in getattr(node, "workeroutput", ()):  # else it has crashed
        told.append(json.loads(node.workeroutput["watched"]))


def pytest_sessionfinish(session):
    if WORKER:
        session.config.workeroutput["watched"] = json.dumps(watcher.get_coverage())


def pytest_unconfigure(config):
    if not WORKER:
        ran = watcher.get_coverage()
        for each in told:
            slipcover.merge_coverage(ran, each)
        Path(config.getoption("--watched")).write_text(json.dumps(ran), "utf-8")
