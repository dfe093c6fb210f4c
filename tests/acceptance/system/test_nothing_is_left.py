"""Whoever is killed, nothing of an owned system stays: no process, whatever it fled into, no folder, no data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.core import PartUnavailable, wait_until
from support.system import SystemClient, status, stop
from support.system._leftovers import MARK, _with_variable

from .conftest import ROOT, all_gone, control_of, processes_of, processes_with, reaper_of, runs

if TYPE_CHECKING:
    from .conftest import Place

FLEEING = """
import os, subprocess, sys, time
if os.fork() == 0:
    os.setsid()
    os.execve(sys.executable, [sys.executable, "-c", "import signal; signal.pause()", "fled"], {})
"""


def test_control_and_client_killed_together_leave_nothing(place: Place) -> None:
    """When the control process and its only client are killed at once, the reaper removes processes, folder, data."""
    client, folder = place.other_client("start")
    observer = SystemClient.join(folder, run_id="observer")
    assert observer is not None
    control = control_of(observer)
    pids = {control, reaper_of(control), *processes_of(folder)}
    client.kill()
    os.kill(control, signal.SIGKILL)
    client.communicate()
    all_gone(pids, folder)
    assert _data_of(folder) == []
    observer.close()


def test_a_killed_reaper_is_replaced(kiosk: Place) -> None:
    """Without its reaper a system goes on, gets another one, and that one removes it after a kill, and ends."""
    client = kiosk.start()
    control = control_of(client)
    first = reaper_of(control)
    os.kill(first, signal.SIGKILL)
    (other,) = wait_until(lambda: set(_reapers(client.folder)) - {first} or None, limit=5, what="there is another")
    assert set(client.health().values()) == {"ok"}
    pids = {control, other, *processes_of(client.folder)}
    os.kill(control, signal.SIGKILL)
    all_gone(pids, client.folder)
    client.close()


def test_a_killed_control_process_of_a_kept_system_is_swept(kiosk: Place) -> None:
    """Nobody needs to start or stop anything for a kept system to be gone whose control process was killed."""
    kiosk.start(owned=False).close()
    client = SystemClient.attach(kiosk.description, profile="embedded", run_id="tests")
    assert client is not None
    pids = {control_of(client), *processes_of(client.folder)}
    os.kill(control_of(client), signal.SIGKILL)
    all_gone(pids, client.folder)
    assert "is gone" in client.health()["control"]
    client.close()
    assert status(kiosk.description, "embedded") is None


@pytest.mark.parametrize("how", ["close", "kill"])
def test_what_a_service_started_goes_with_it(kiosk: Place, how: str) -> None:
    """A service's child that fled into a session of its own, without our environment, ends with the system."""
    program = kiosk.folder / "service.py"
    program.write_text(FLEEING.replace('"fled"', repr(str(kiosk.folder))) + program.read_text())
    client = kiosk.start()
    fled = wait_until(lambda: _fled(kiosk.folder), limit=5, what="the grandchild runs")
    if how == "kill":
        os.kill(control_of(client), signal.SIGKILL)
        all_gone(fled, client.folder)
    client.close()
    assert not any(map(runs, fled))


@pytest.mark.skipif(sys.platform != "linux", reason="segments are listed in /proc")
@pytest.mark.parametrize("how", ["close", "kill"])
def test_the_shared_memory_of_a_server_that_cannot_end_goes_too(place: Place, how: str) -> None:
    """A PostgreSQL server that stands still is killed, and cannot remove its segment of shared memory itself."""
    client = place.start()
    control = control_of(client)
    (data,) = _data_of(client.folder)
    server = int((data / "postmaster.pid").read_text().splitlines()[0])
    made = _segments_of(server)
    os.kill(server, signal.SIGSTOP)
    if how == "kill":
        os.kill(control, signal.SIGKILL)
        all_gone({control, server}, client.folder)
    client.close()
    assert made
    assert _segments_of(server) == []


def test_a_stopped_control_process_does_not_hang_its_client(kiosk: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a control process that stands still, health says so, and closing ends the system all the same."""
    client = kiosk.start()
    monkeypatch.setattr("support.system._client._HEALTH_WITHIN", 0.3)
    control = control_of(client)
    pids = {control, *processes_of(client.folder)}
    os.kill(control, signal.SIGSTOP)
    assert "gives no answer" in client.health()["control"]
    client.close()
    all_gone(pids, client.folder)


def test_a_call_has_a_limit(kiosk: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that a stopped control process does not answer fails, and its late answer is not taken for another's."""
    client = kiosk.start()
    monkeypatch.setattr("support.system._talk.SILENT_FOR", 0.3)  # not earlier: a start may take longer
    os.kill(control_of(client), signal.SIGSTOP)
    with pytest.raises(PartUnavailable, match="gives no answer"):
        client.call("decisions.list")
    monkeypatch.undo()
    os.kill(control_of(client), signal.SIGCONT)
    assert set(client.health().values()) == {"ok"}
    client.close()


def test_a_stopped_kept_system_is_told(kiosk: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """`status` and `down` of a kept system whose control process stands still end with what is wrong."""
    monkeypatch.setattr("support.system._status._ANSWERS_WITHIN", 0.3)
    client = kiosk.start(owned=False)
    os.kill(control_of(client), signal.SIGSTOP)
    for command in (status, stop):
        with pytest.raises(PartUnavailable, match=r"no answer within 0.3 s. Is it stopped"):
            command(kiosk.description, "embedded")
    os.kill(control_of(client), signal.SIGCONT)
    client.close()
    monkeypatch.undo()
    stop(kiosk.description, "embedded")


def test_kills_at_random_moments_leave_nothing() -> None:
    """Whoever is killed at whichever moment, start-up included: nothing is left (`python -m tests.stress.kills`)."""
    command = [sys.executable, "-m", "tests.stress.kills", "8", "--within", "10"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def _data_of(folder: Path) -> list[Path]:
    return [
        path for place in (Path("/dev/shm"), folder.parents[1]) for path in place.glob(f"rehearsal-*{folder.name}*")
    ]


def _segments_of(pid: int) -> list[str]:
    segments = [line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    return [fields[1] for fields in segments if int(fields[4]) == pid]


def _reapers(folder: Path) -> list[int]:
    return [pid for pid in processes_with(f"support.system._reaper\0{folder}") if runs(pid)]


def _fled(folder: Path) -> set[int]:
    assert list(_with_variable(MARK, str(folder))) == []
    return {pid for pid in processes_with("signal.pause()") if pid in processes_with(str(folder))}
