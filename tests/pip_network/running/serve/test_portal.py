"""`make run` as a stranger types it, and everything that can go wrong while it is typed."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests import prepared, stranger

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A copy whose database is there."""
    folder = stranger.copy(tmp_path_factory.mktemp("stranger") / "portal")
    (folder / ".data").mkdir()
    prepared.copy(
        "tiny", folder / ".data" / "portal.sqlite3"
    )  # in place of the whole demonstration, which takes a minute
    return folder


@pytest.fixture
def make_run():
    runs = []

    def start(folder, **options):
        runs.append(stranger.Run(folder, **{"port": stranger.free_port()} | options))
        return runs[-1]

    yield start
    for run in runs:
        run.clean_up()


def test_runs_and_ends_with_one_ctrl_c(loaded, make_run):
    run = make_run(loaded, terminal=True)
    run.wait_until_ready()
    assert f"http://127.0.0.1:{run.port}/" in run.output
    assert "  directora@demo.pip       demo-PIP-2006  Project director" in run.output
    assert stranger.get(run.port, "/readyz")[0] == 200
    assert (loaded / "locale/es/LC_MESSAGES/django.mo").exists()
    run.press_ctrl_c()
    assert run.end() == 0, run.output
    assert run.output.count("Stopped.") == 1
    assert "Error" not in run.output
    assert stranger.left_behind(loaded) == []
    assert not list((loaded / ".data").glob("seeding-*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_without_a_terminal_ends_on_a_signal(number, loaded, make_run):
    run = make_run(loaded)
    run.wait_until_ready()
    os.kill(run.supervisor(), number)
    assert run.end() == 0, run.output
    assert stranger.left_behind(loaded) == []


def test_a_killed_supervisor_leaves_nobody(loaded, make_run):
    run = make_run(loaded)
    run.wait_until_ready()
    assert len(stranger.left_behind(loaded)) > 4
    os.kill(run.supervisor(), signal.SIGKILL)
    until = time.monotonic() + 150  # a job that runs comes to its end first
    while stranger.left_behind(loaded) and time.monotonic() < until:
        run.read()
    assert stranger.left_behind(loaded) == []
    again = make_run(loaded, port=run.port)
    again.wait_until_ready()


def test_a_killed_worker_and_a_killed_server_come_back(loaded, make_run):
    run = make_run(loaded)
    run.wait_until_ready()
    for name in ("celery", "gunicorn"):
        before = masters(loaded, name, run.supervisor())
        assert len(before) == 1
        os.kill(before[0], signal.SIGKILL)
        run.wait_for(
            lambda name=name, before=before: (
                masters(loaded, name, run.supervisor()) not in ([], before)
            )
        )
    run.wait_for(lambda: ready(run.port))
    assert run.read().count("is started again") == 2


def masters(folder, name: str, parent: int) -> list[int]:
    found = []
    for pid in stranger.left_behind(folder):
        try:
            with open(f"/proc/{pid}/cmdline") as line, open(f"/proc/{pid}/stat") as stat:
                if name in line.read() and int(stat.read().rsplit(")", 1)[1].split()[1]) == parent:
                    found.append(pid)
        except OSError:
            continue
    return found


def ready(port: int) -> bool:
    try:
        return stranger.get(port, "/readyz")[0] == 200
    except OSError:
        return False


def test_a_second_one_in_the_same_folder_says_so(loaded, make_run):
    first = make_run(loaded)
    first.wait_until_ready()
    second = make_run(loaded)
    assert second.end() == 2  # what make makes of our 1
    sentence = second.output.splitlines()[0]
    assert sentence == (
        f"The portal already runs from this folder (process {first.supervisor()}, "
        f"http://127.0.0.1:{first.port}); "
        "end it there with Ctrl-C first."
    )
    assert ready(first.port)


def failure(folder, *, command=None, **variables) -> tuple[int, list[str]]:
    """Exit status and lines of a start that is refused, by the script itself (make would turn its 1
    into 2).
    """
    done = subprocess.run(
        command or [sys.executable, "-I", "pip_network/running/serve", "run"],
        cwd=folder,
        env=stranger.environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr.splitlines()


def test_a_taken_port_is_said_before_anything_is_built(tmp_path):
    folder = stranger.copy(tmp_path / "portal")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert failure(folder, PORT=str(port)) == (
            1,
            [
                f"Port {port} is taken by another program; choose another one: make run PORT={port + 1}"
            ],
        )
    assert sorted(path.name for path in (folder / ".data").iterdir()) == ["run.lock"]


@pytest.mark.parametrize(
    ("variables", "begins"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty'; use a whole number from 1 to 65535"),
        ({"PORT": "0"}, "PORT is '0'; use a whole number from 1 to 65535"),
        ({"PORT": "70000"}, "PORT is '70000'; use a whole number from 1 to 65535"),
        (
            {"PORT": "8000", "HOST": "203.0.113.7"},
            "The portal cannot listen on 203.0.113.7 port 8000",
        ),
        ({"PIP_MODE": "production"}, "make run serves the demonstration only"),
    ],
)
def test_nonsense_is_one_sentence(variables, begins, tmp_path):
    folder = stranger.copy(tmp_path / "portal")
    status, lines = failure(folder, **variables)
    assert (status, len(lines), lines[0][: len(begins)]) == (1, 1, begins)


def test_a_python_without_venv_is_one_sentence(tmp_path):
    folder = stranger.copy(tmp_path / "portal")
    (folder / ".venv" / "run.stamp").unlink()
    lame = (
        "import sys, runpy; sys.modules['ensurepip'] = None; sys.argv = ['serve', 'run'];"
        "runpy.run_path('pip_network/running/serve', run_name='__main__')"
    )
    status, lines = failure(
        folder, command=[sys.executable, "-I", "-c", lame], PORT=str(stranger.free_port())
    )
    assert (status, len(lines)) == (1, 1)
    assert (
        "lacks its venv module; install it (Debian, Ubuntu: sudo apt install python3." in lines[0]
    )


def test_packages_that_cannot_be_had_are_one_sentence_and_leave_no_whole_environment(tmp_path):
    folder = stranger.copy(tmp_path / "portal")
    (folder / "requirements.txt").write_text(
        f"no-such-package-of-the-portal==1 --hash=sha256:{'0' * 64}\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "pip_network/running/serve", "run"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=stranger.environment(PORT=str(stranger.free_port()), PIP_NO_INDEX="1"),
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("The packages could not be installed (")
    assert "is there a network connection to the package index?" in done.stderr
    assert not (folder / ".venv" / "run.stamp").exists()


def test_no_python_at_all_is_one_sentence(tmp_path):
    folder = stranger.copy(tmp_path / "portal")
    done = subprocess.run(
        [
            "/bin/sh",
            "-c",
            'exec "$0" run PYTHON= CANDIDATES=no-such-python',
            stranger.shutil.which("make"),
        ],
        cwd=folder,
        env=stranger.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(
        "No Python from 3.11 to 3.14 was found; install one"
    )


def test_ctrl_c_while_the_data_is_loaded_leaves_nothing_half(tmp_path, make_run):
    folder = stranger.copy(tmp_path / "portal")
    run = make_run(folder, terminal=True)
    run.wait_for(lambda: list((folder / ".data").glob("seeding-*")))
    run.press_ctrl_c()
    assert run.end() == 0, run.output
    assert list((folder / ".data").glob("*.sqlite3*")) == []
    assert stranger.left_behind(folder) == []


def test_a_kill_while_the_data_is_loaded_leaves_nothing_half_for_the_next(tmp_path, make_run):
    folder = stranger.copy(tmp_path / "portal")
    run = make_run(folder)
    run.wait_for(lambda: list((folder / ".data").glob("seeding-*.sqlite3")))
    (left,) = (folder / ".data").glob("seeding-*.sqlite3")
    os.kill(run.supervisor(), signal.SIGKILL)
    run.end()
    assert not (folder / ".data" / "portal.sqlite3").exists()
    until = time.monotonic() + 60
    while stranger.left_behind(folder) and time.monotonic() < until:
        run.read()
    assert stranger.left_behind(folder) == []
    again = make_run(folder)
    again.wait_for(
        lambda: any(other != left for other in (folder / ".data").glob("seeding-*.sqlite3"))
    )
    assert not left.exists()
