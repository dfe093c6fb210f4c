"""`python -m support up | status | logs | down`: a system that stays up between runs, shared with whoever comes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.request import ProxyHandler, build_opener

import pytest

from support.core import wait_until
from support.system import SystemClient, status

from .conftest import ROOT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND: Final = (sys.executable, "-m", "support")
ENVIRONMENT: Final = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def up(kiosk: Place) -> Iterator[Place]:
    """The smallest system, kept up by the command, with a service whose code is watched."""
    text = kiosk.file.read_text().replace('"service.py"]', '"service.py"]\nwatch = ["service.py"]')
    kiosk.file.write_text(text + '\n[secrets]\ntill_key = "generate"\n')
    assert _support(kiosk, "up").returncode == 0
    yield kiosk
    assert _support(kiosk, "down").stdout == "stopped\n"


def test_status_says_where_since_when_and_for_whom(up: Place) -> None:
    """`status` tells every part's address and state, since when the system is up, and which runs use it."""
    assert "used by nobody" in _support(up, "status").stdout
    client = SystemClient.attach(up.description, profile="embedded", run_id="run-7")
    assert client is not None
    told = _support(up, "status").stdout
    assert f"cache            {client.addresses['cache']}" in told
    assert f"in {client.folder}\nused by run-7\n" in told
    assert "up since 20" in told
    client.close()


def test_an_unknown_part_in_logs_gets_the_nearest(up: Place) -> None:
    """`logs` of a name that has no log says which one may have been meant, without a traceback."""
    told = _support(up, "logs", "frint")
    assert (told.returncode, told.stderr) == (1, "Nothing called 'frint' has a log. Did you mean 'front'?\n")
    assert _support(up, "logs", "control").returncode == 0


def test_a_name_in_braces_is_told(up: Place) -> None:
    """`value` prints what a name of the description stands for, alone, so that a shell can use it; also a secret."""
    client = SystemClient.attach(up.description, profile="embedded", run_id="tests")
    assert client is not None
    assert _support(up, "value", "front.url").stdout == client.addresses["front"] + "\n"
    assert _support(up, "value", "secrets.till_key").stdout == client.secrets["till_key"] + "\n"
    told = _support(up, "value", "secrets.till_kee")
    meant = "Nothing is called 'secrets.till_kee' here. Did you mean 'secrets.till_key'?\n"
    assert (told.returncode, told.stdout, told.stderr) == (1, "", meant)
    client.close()


def test_a_second_up_changes_nothing(up: Place) -> None:
    """`up` of a system that is up tells its addresses and leaves it as it is."""
    before = status(up.description, "embedded")
    assert _support(up, "up").returncode == 0
    after = status(up.description, "embedded")
    assert before is not None
    assert after is not None
    assert (before.since, before.addresses) == (after.since, after.addresses)


def test_a_kept_and_two_owned_systems_do_not_meet(up: Place) -> None:
    """A kept system and two owned ones of the same description share no folder and no address."""
    attached = SystemClient.attach(up.description, profile="embedded", run_id="tests")
    assert attached is not None
    clients = [attached, up.start("one"), up.start("other")]
    assert len({client.folder for client in clients}) == 3
    assert len({address for client in clients for address in client.addresses.values()}) == 6
    clients[1].close()
    assert all(set(client.health().values()) == {"ok"} for client in (clients[0], clients[2]))
    clients[2].close()
    assert set(attached.health().values()) == {"ok"}
    attached.close()


def test_watching_restarts_what_has_changed(up: Place) -> None:
    """Under `up --watch` a service whose code changes is restarted, told so, and told too when it cannot start."""
    program, log = up.folder / "service.py", up.folder / "watching"
    code = program.read_text()
    with log.open("w") as output, _watching(up, output.fileno()) as watching:
        wait_until(lambda: "Watching the code of front" in log.read_text(), limit=10, what="it watches")
        program.write_text("raise SystemExit('a typing error')")
        wait_until(lambda: "a typing error" in log.read_text(), limit=15, what="it says what is wrong")
        program.write_text(code.replace('"service"', '"renewed"'))
        wait_until(lambda: "front was restarted" in log.read_text(), limit=15, what="it says that it was restarted")
        with build_opener(ProxyHandler({})).open(_address(up), timeout=5) as answer:
            assert json.load(answer) == {"renewed": "front"}
        watching.send_signal(signal.SIGINT)
        assert watching.wait(10) == 130


def test_watching_nothing_is_told(kiosk: Place) -> None:
    """Where no service says what to watch, that is said at once."""
    told = _support(kiosk, "up", "--watch")
    _support(kiosk, "down")
    assert told.returncode == 1
    assert "No service of system.toml says what to watch" in told.stderr


def _address(place: Place) -> str:
    state = status(place.description, "embedded")
    assert state is not None
    return state.addresses["front"]


def _support(place: Place, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [*COMMAND, command, "--description", str(place.file), *arguments]
    return subprocess.run(argv, env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True, check=False)


@contextmanager
def _watching(place: Place, output: int) -> Iterator[subprocess.Popen[str]]:
    argv = [*COMMAND, "up", "--watch", "--description", str(place.file)]
    environment = {**os.environ, **ENVIRONMENT}
    with subprocess.Popen(argv, env=environment, stdout=output, stderr=output, text=True) as process:
        try:
            yield process
        finally:
            process.kill()
