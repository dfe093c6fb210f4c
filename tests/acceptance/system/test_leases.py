"""A lease lives exactly as long as its client."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from support.core import wait_until
from support.faults import MeshFaults
from support.system import SystemClient
from support.system._folder import owned_folder

from .conftest import all_gone, ask, control_of, processes_of, processes_with, reaper_of, runs, scenario

if TYPE_CHECKING:
    from .conftest import Place

WRITING = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    os.makedirs(os.environ["TMPDIR"] + "/written", exist_ok=True)
"""


def test_a_killed_owner_takes_its_system_along(place: Place) -> None:
    """After SIGKILL of the client, no process and no folder of its owned system is left within 3 seconds."""
    client, folder = place.other_client("start")
    pids = processes_of(folder)
    assert len(pids) == 7
    _kill(client)
    all_gone(pids, folder)


def test_an_owner_killed_while_the_system_starts_takes_it_along(place: Place) -> None:
    """A client that is killed before its system is ready leaves nothing either."""
    (place.folder / "service.py").write_text("import signal; open('started', 'w'); signal.pause()")
    runtime = owned_folder(place.description).parent
    before = set(runtime.iterdir())
    client = place.other_process("start")
    wait_until((place.folder / "started").exists, limit=10, what="the service is started")
    new = [folder for folder in set(runtime.iterdir()) - before if folder.name.startswith("bookshop-")]
    pids = {pid for folder in new for pid in processes_of(folder)}
    assert pids
    _kill(client)
    for folder in new:
        all_gone(pids, folder)


def test_an_owner_killed_before_it_has_a_lease_leaves_nothing(kiosk: Place) -> None:
    """A control process whose starter died before it took a lease ends by itself."""
    gate, program = kiosk.folder / "gate", kiosk.folder / "control.py"
    os.mkfifo(gate)
    program.write_text(f"open({str(gate)!r}).read()\n{program.read_text()}")
    runtime = owned_folder(kiosk.description).parent
    client = kiosk.other_process("start")
    with gate.open("w"):  # the control process has begun, and waits
        _kill(client)
        assert processes_with(str(program))
    wait_until(lambda: not processes_with(str(kiosk.folder)), limit=5, what="the control process has ended")
    assert not [each for each in runtime.iterdir() if each.name.startswith("kiosk-")]


def test_a_killed_control_process_takes_all_parts_along(place: Place) -> None:
    """After SIGKILL of the control process itself no part survives, and the client says what happened."""
    client = place.start()
    pids = processes_of(client.folder)
    os.kill(control_of(client), signal.SIGKILL)
    wait_until(lambda: not any(map(runs, pids)), limit=3, what="all parts are gone, before anybody sweeps")
    assert "the control process of bookshop-" in client.health()["control"]
    client.close()
    all_gone(pids, client.folder)


def test_a_killed_run_is_healed_and_others_go_on(kept: Place, bookshop: SystemClient) -> None:
    """When a client of a shared system is killed, its accidents end; another client's accidents and lease go on."""
    theirs, ours = scenario("theirs", "doomed"), scenario("ours")
    MeshFaults(bookshop.call).unreachable(ours, "front", "back")
    client, _ = kept.other_client("attach")
    assert '"back": 503' in ask(bookshop, theirs)
    _kill(client)
    wait_until(lambda: '"back": 200' in ask(bookshop, theirs), limit=3, what="the killed run's accident is healed")
    assert '"back": 503' in ask(bookshop, ours)


def test_a_stale_folder_is_swept_at_the_next_start(kiosk: Place) -> None:
    """What is left on disk when the control process and its reaper are killed at once goes when the next one starts."""
    client = kiosk.start()
    control = control_of(client)
    pids = {control, *processes_of(client.folder)}
    for pid in (reaper_of(control), control):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(runs, pids)), limit=3, what="the processes are gone")
    assert client.folder.exists()
    kiosk.start().close()
    assert not client.folder.exists()
    client.close()


def test_a_forked_child_has_no_part_in_the_lease(bookshop: SystemClient) -> None:
    """A forked child that would use its parent's lease is told to take one of its own, and the parent's lives on."""
    reading, writing = os.pipe()
    line = bookshop._talk.line.fileno()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, b"open" if Path(f"/proc/self/fd/{line}").is_symlink() else b"closed")
            bookshop.call("system.health")
        except Exception as error:  # noqa: BLE001 - told to the parent
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as told:
        assert re.match("closed.*was forked", told.read())
    assert bookshop.health()["front"] == "ok"


def test_a_worker_joins_with_a_lease_of_its_own(kiosk: Place) -> None:
    """A second client of an owned system may leave; the system ends with its owner only."""
    owner = kiosk.start()
    worker = SystemClient.join(owner.folder, run_id="worker")
    assert worker is not None
    assert dict(worker.addresses) == dict(owner.addresses)
    worker.close()
    assert owner.health()["front"] == "ok"
    owner.close()


def test_what_still_writes_into_the_files_of_an_ended_lease_is_ended(kept: Place) -> None:
    """A process that lives on and writes where its lease allowed it is gone with the lease, and so is the folder."""
    client = SystemClient.attach(kept.description, profile="embedded", run_id="tests")
    assert client is not None
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITING], env={"TMPDIR": str(client.temporary)}, start_new_session=True
    )
    wait_until((client.temporary / "written").is_dir, limit=5, what="it writes")
    client.close()
    assert writer.wait(timeout=5) == -signal.SIGKILL
    assert not client.temporary.exists()
    assert client.temporary.parent.is_dir()


def _kill(client: subprocess.Popen[str]) -> None:
    client.kill()
    client.communicate()
