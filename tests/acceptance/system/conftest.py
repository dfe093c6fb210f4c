"""A tiny foreign system of two services, described by a file made here, which shares nothing with the Storefront."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from support.core import RunIdentity, ScenarioIdentity, wait_until
from support.system import SystemClient, SystemDescription, load, stop
from support.system._folder import runtime_folder, sweep
from support.system._status import stop_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]

SERVICE = """
    import json, os, sys, urllib.error, urllib.request
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = {"service": os.environ["NAME"]}
            if self.path == "/ask":
                carried = {name: self.headers[name] for name in ("traceparent", "baggage") if self.headers[name]}
                asked = urllib.request.Request("http://back.mesh/answer", headers=carried)
                try:
                    with urllib.request.urlopen(asked) as answer:
                        body["back"] = answer.status
                except urllib.error.HTTPError as error:
                    body["back"] = error.code
            content = json.dumps(body).encode()
            head = f"HTTP/1.1 200 OK\\r\\ncontent-length: {len(content)}\\r\\n\\r\\n"
            self.wfile.write(head.encode() + content)

        def log_message(self, pattern, *values):
            print(pattern % values, flush=True)

    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""

DESCRIPTION = """
    [system]
    name = "bookshop"
    origins = ["mesh"]

    [secrets]
    master_key = "generate"

    [parts.database]
    kind = "postgresql"
    databases = ["books", "readers"]

    [parts.broker]
    kind = "nats"

    [parts.cache]
    kind = "valkey"

    [parts.mailbox]
    kind = "mailbox"

    [parts.mesh]
    kind = "envoy"
    routes = { "/" = "front", "/back" = "back" }

    [parts.front]
    kind = "service"
    command = ["{python}", "service.py"]
    health = "/healthy"
    needs = ["database", "broker", "cache", "back"]
    calls = ["back"]
    environment = { PORT = "{port}", NAME = "front", KEY = "{secrets.master_key}", DB = "{database.address}" }

    [parts.back]
    kind = "service"
    command = ["{python}", "service.py"]
    health = "/healthy"
    environment = { PORT = "{port}", NAME = "back" }

    [profiles.embedded]
    marked = "test"
"""

SMALL = """
    [system]
    name = "kiosk"

    [parts.cache]
    kind = "valkey"

    [parts.front]
    kind = "service"
    command = ["{python}", "service.py"]
    environment = { PORT = "{port}", NAME = "front" }
"""

CONTROL = """
    import argparse, sys
    from pathlib import Path
    from support.faults import Decisions
    from support.system import load, serve
    from support.telemetry import OtlpReceiver

    parser = argparse.ArgumentParser()
    parser.add_argument("--description", type=Path)
    parser.add_argument("--profile")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--owned", action="store_true")
    parser.add_argument("--kept", action="store_true")
    given = parser.parse_args()
    guests = [OtlpReceiver(), Decisions()]
    told = {"profile": given.profile, "folder": given.folder, "owned": given.owned}
    sys.exit(serve(load(given.description), guests=guests, **told))
"""

CLIENT = """
    import sys
    from pathlib import Path
    from support.core import RunIdentity, ScenarioIdentity
    from support.faults import MeshFaults
    from support.system import SystemClient, load

    description, how, argv = load(Path(sys.argv[1])), sys.argv[2], sys.argv[3:]
    if how == "start":
        client = SystemClient.start(
            description, profile="embedded", run_id="doomed", argv=argv, progress=lambda text: None
        )
    else:
        client = SystemClient.attach(description, profile="embedded", run_id="doomed")
        identity = ScenarioIdentity(RunIdentity("doomed", 1), "theirs")
        MeshFaults(client.call).unreachable(identity, "front", "back")
    print(client.folder, flush=True)
    sys.stdin.read()
"""


class Place:
    """A folder with a description, and the programs that it names."""

    def __init__(self, folder: Path, description: str = DESCRIPTION) -> None:
        self.folder, self.file = folder, folder / "system.toml"
        for name, text in {"service.py": SERVICE, "control.py": CONTROL, "client.py": CLIENT}.items():
            (folder / name).write_text(textwrap.dedent(text))
        (folder / "system.toml").write_text(textwrap.dedent(description))
        self.argv = (sys.executable, str(folder / "control.py"))
        self.told: list[str] = []

    @property
    def description(self) -> SystemDescription:
        """What the file says now."""
        return load(self.file)

    def start(self, run_id: str = "tests", *, owned: bool = True) -> SystemClient:
        """Start the system."""
        return SystemClient.start(
            self.description,
            profile="embedded",
            run_id=run_id,
            argv=self.argv,
            owned=owned,
            progress=self.told.append,
        )

    def other_client(self, how: str) -> tuple[subprocess.Popen[str], Path]:
        """A client in a process of its own ("start" or "attach") that holds its lease, and the folder of its system."""
        client = self.other_process(how)
        assert client.stdout is not None
        return client, Path(client.stdout.readline().strip())

    def other_process(self, how: str) -> subprocess.Popen[str]:
        """A client in a process of its own that is about to take a lease."""
        command = [sys.executable, str(self.folder / "client.py"), str(self.file), how, *self.argv]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.fixture(scope="session", autouse=True)
def _own_runtime_folder() -> Iterator[None]:
    """Nobody else's start sweeps what these tests leave on purpose; its path is short, as sockets want it.

    What a failed test left is stopped at the end.
    """
    with tempfile.TemporaryDirectory(prefix="rh-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        yield
        for left in runtime_folder().glob("*-*"):
            stop_folder(left)
        sweep()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A description of the whole bookshop; nothing is started."""
    return Place(tmp_path)


@pytest.fixture
def kiosk(tmp_path: Path) -> Place:
    """A description of the smallest system; nothing is started."""
    return Place(tmp_path, SMALL)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A bookshop that stays up for all tests."""
    place = Place(tmp_path_factory.mktemp("kept"))
    place.start(owned=False).close()
    yield place
    stop(place.description, "embedded")


@pytest.fixture
def bookshop(kept: Place) -> Iterator[SystemClient]:
    """A lease on the bookshop that stays up."""
    client = SystemClient.attach(kept.description, profile="embedded", run_id="tests")
    assert client is not None
    yield client
    client.close()


def scenario(name: str, run_id: str = "tests") -> ScenarioIdentity:
    """The identity of some scenario."""
    return ScenarioIdentity(RunIdentity(run_id, 1), name)


def ask(client: SystemClient, identity: ScenarioIdentity | None = None, path: str = "/ask") -> str:
    """What the mesh answers to a request of a scenario."""
    request = Request(client.addresses["mesh"] + path, headers=identity.headers() if identity else {})
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        with error:
            return str(error.code)


def processes_of(folder: Path) -> set[int]:
    """The processes that a system has started and that still run."""
    noted = (folder / "processes").read_text().splitlines()
    return {pid for pid in (int(line.split()[0]) for line in noted) if runs(pid)}


def runs(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def control_of(client: SystemClient) -> int:
    """The process id of the control process that a client is connected with."""
    pid: int = struct.unpack("3i", client._talk.line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
    return pid


def reaper_of(control: int) -> int:
    """The process id of the reaper that started with a control process."""
    return int(Path(f"/proc/{control}/stat").read_text().rpartition(")")[2].split()[1])


def processes_with(word: str) -> list[int]:
    """The processes whose command line contains a word."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if word.encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def all_gone(pids: set[int], folder: Path, limit: float = 3.0) -> None:
    """Wait until neither process nor folder is left."""
    wait_until(
        lambda: not any(map(runs, pids)) and not folder.exists(),
        limit=limit,
        what=f"processes {sorted(pid for pid in pids if runs(pid))} and {folder} are gone",
    )
