"""Services that are forked from one process which has imported what they share: to all others they are as any part."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, build_opener

import pytest

from support.core import PartUnavailable, wait_until

from .conftest import Place, all_gone, control_of, processes_of, reaper_of, runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support.system import SystemClient

DESCRIPTION = """
    [system]
    name = "stall"
    preload = ["csv", "heavy"]

    [parts.front]
    kind = "service"
    command = ["{python}", "-m", "shop.front", "--counter", "{port}"]
    environment = { COLOUR = "green" }
"""
FRONT = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        told = {
            "name": __name__, "package": __package__, "argv": sys.argv[1:], "path": sys.path[0], "pid": os.getpid(),
            "parent": os.getppid(), "group": os.getpgrp(), "session": os.getsid(0), "folder": os.getcwd(),
            "colour": os.environ["COLOUR"], "preloaded": "heavy" in sys.modules,
            "main": sys.modules["__main__"].__name__,
            "stdin": os.readlink("/proc/self/fd/0"), "inode": os.fstat(1).st_ino,
            "command": open("/proc/self/cmdline").read().rstrip(chr(0)).split(chr(0)),
        }
        self.wfile.write(b"HTTP/1.0 200 OK\\r\\n\\r\\n" + json.dumps(told).encode())
    def log_message(self, *words):
        pass

print("I am open", flush=True)
HTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
"""


class Stall(Place):
    """A system whose only service is a module."""

    def __init__(self, folder: Path, heavy: str = "") -> None:
        super().__init__(folder, DESCRIPTION)
        (folder / "shop").mkdir()
        (folder / "shop/front.py").write_text(FRONT)
        (folder / "heavy.py").write_text(heavy)


@pytest.fixture
def stall(tmp_path: Path) -> Stall:
    """Nothing is started."""
    return Stall(tmp_path)


def told_by_front(client: SystemClient) -> Mapping[str, object]:
    """What the service says of itself."""
    with build_opener(ProxyHandler({})).open(client.addresses["front"], timeout=5) as answer:
        return dict(json.load(answer))


def test_a_forked_service_is_as_if_it_was_started_plainly(stall: Stall) -> None:
    """But for what is imported already, a service sees no difference; it is a child of the control process."""
    client = stall.start()
    forked = dict(told_by_front(client))
    assert (forked.pop("preloaded"), forked.pop("parent")) == (True, control_of(client))
    assert client.logs("front") == ["I am open"]
    client.close()
    stall.file.write_text(stall.file.read_text().replace("preload", "origins = [] #"))
    client = stall.start()
    plain = dict(told_by_front(client))
    client.close()
    assert plain.pop("preloaded") is False
    assert forked["pid"] == forked["group"] == forked["session"]
    for of_each in ("pid", "parent", "group", "session", "inode", "argv", "command"):
        forked.pop(of_each, None)
        plain.pop(of_each)
    assert forked == plain


def test_a_forked_service_shows_its_command(stall: Stall) -> None:
    """The lists of processes name the service's own module and arguments."""
    client = stall.start()
    port = client.addresses["front"].rpartition(":")[2]
    assert told_by_front(client)["command"] == [sys.executable, "-m", "shop.front", "--counter", port]
    assert told_by_front(client)["argv"] == ["--counter", port]
    client.close()


def test_a_forked_service_that_dies_is_told_with_its_status(stall: Stall) -> None:
    """How a forked service ended, at start or in mid-run, and its last words are told as of any other."""
    client = stall.start()
    os.kill(int(str(told_by_front(client)["pid"])), signal.SIGTERM)
    wait_until(lambda: "SIGTERM" in client.health()["front"], limit=3, what="it has ended")
    assert "was killed by SIGTERM. Last lines of its log:\n    I am open" in client.health()["front"]
    client.close()
    (stall.folder / "shop/front.py").write_text("raise SystemExit('out of stock')")
    with pytest.raises(PartUnavailable, match=r"front: exited with status 1. .*\n.*out of stock"):
        stall.start()
    (stall.folder / "shop/front.py").write_text("1 / 0")
    with pytest.raises(PartUnavailable, match=r"(?s)front: exited with status 1.*ZeroDivisionError"):
        stall.start()


@pytest.mark.parametrize(
    "heavy", ["raise ImportError('no licence')", "import threading; threading.Timer(9, int).start()"]
)
def test_what_cannot_be_preloaded_is_no_obstacle(tmp_path: Path, heavy: str) -> None:
    """Where the preloading fails, or would start a thread, services are started plainly, and the log says why."""
    stall = Stall(tmp_path, heavy)
    client = stall.start()
    assert told_by_front(client)["preloaded"] is False
    assert any("plainly, not forked" in line for line in client.logs("control"))
    client.close()


@pytest.mark.parametrize("victims", [["control"], ["control", "reaper"], ["runner"], ["forks"]])
def test_forked_services_end_with_their_system(stall: Stall, victims: list[str]) -> None:
    """A forked service dies with the control process, whoever else does, but not with the process that forked it."""
    runner, folder = stall.other_client("start")
    pids = processes_of(folder)
    assert len(pids) == 2
    service = max(pids)
    control = int(Path(f"/proc/{service}/stat").read_text().rpartition(")")[2].split()[1])
    who = {"control": control, "reaper": reaper_of(control), "runner": runner.pid, "forks": min(pids)}
    for victim in reversed(victims):
        os.kill(who[victim], signal.SIGKILL)
    if victims == ["forks"]:
        wait_until(lambda: not runs(who["forks"]), limit=3, what="it is gone")
        assert runs(service)
        runner.kill()
    wait_until(lambda: not any(map(runs, pids)), limit=3, what="the service is gone")
    runner.communicate()
    if "reaper" not in victims:
        all_gone(pids, folder)
