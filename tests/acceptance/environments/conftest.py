"""A live server that counts what is written to it, and a tiny suite of its own that is run against it by behave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from support.record import Run, read_record

from .files import DESCRIPTION, FEATURE, HOOKS, STARTED, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]

PAGE = b"<!doctype html><title>Wares</title><form method=post action=/orders><button>Order</button></form>"


class Server:
    """A server that says which environment it is and counts what arrives."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {"environment": "test", "version": "1.0.0"}
        self.status = 200
        self.seen: list[str] = []
        self.clocks: dict[str, str] = {}
        self.turns: list[tuple[str, str, str]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.seen.append("GET")
                if self.path.startswith("/clocks/"):
                    shown = {"now": owner.clocks.get(self.path, "2026-03-01T12:00:00+00:00"), "stopped": True}
                    self._answer(json.dumps(shown).encode(), "application/json")
                    return
                body = json.dumps(owner.told).encode() if self.path == "/healthz" else PAGE
                kind = "application/json" if self.path == "/healthz" else "text/html"
                self._answer(body, kind)

            def do_POST(self) -> None:
                owner.seen.append("POST")
                self._answer(b"Thank you", "text/html")

            do_PATCH = do_POST  # noqa: N815 - http.server's name

            def do_PUT(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.clocks[self.path] = told["now"]
                self._turned()

            def do_DELETE(self) -> None:
                owner.clocks.pop(self.path, None)
                self._turned()

            def _turned(self) -> None:
                owner.seen.append(self.command)
                owner.turns.append((self.command, self.path, self.headers["Authorization"] or ""))
                self._answer(b"{}", "application/json")

            def _answer(self, body: bytes, kind: str) -> None:
                self.send_response(owner.status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def writes(self) -> int:
        """How many requests arrived that write."""
        return sum(method != "GET" for method in self.seen)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class Suite:
    """A tiny suite with a description of its own."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.write("environment.py", HOOKS)
        self.write("steps/steps.py", STEPS)
        self.write("features/wares.feature", FEATURE)
        self.write("behave.ini", (ROOT / "behave.ini").read_text())
        self.profile('marked = "test"', 'may = ["write"]')

    def write(self, path: str, text: str) -> None:
        """Write a file, its text without the indentation."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text))

    def profile(self, *lines: str, address: str = "") -> None:
        """Describe the system, with these lines in the profile `remote`."""
        addresses = f'addresses = {{ front = "{address or self.address}" }}'
        self.write("system.toml", "\n".join([dedent(DESCRIPTION), addresses, *lines, ""]))

    def scenario(self, *steps: str) -> None:
        """Have one scenario only."""
        lines = ["Feature: F", "  Rule: R", "    Scenario: S", *(f"      {step}" for step in steps)]
        self.write("features/wares.feature", "\n".join(lines))

    def started(self, program: str, *lines: str) -> None:
        """Describe a system whose front is this program, which we start; `lines` are of the profile."""
        self.write("front.py", program)
        described = dedent(STARTED).replace("[profiles.remote]", "\n".join(["[profiles.remote]", *lines]))
        self.write("system.toml", described)

    def behave(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run behave under the profile `remote`."""
        command = [sys.executable, "-m", "behave", "-f", "plain", "--no-color", "-D", "report=false"]
        command += ["-D", "profile=remote", *words]
        told = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, env=told)

    def record(self) -> Run:
        """What the last run wrote down."""
        return read_record(self.folder / "reports" / "latest" / "record.jsonl")

    def verdicts(self) -> dict[str, str]:
        """The verdict of each scenario by its name."""
        return {scenario.name: scenario.verdict for scenario in self.record().outcomes}


@pytest.fixture
def server() -> Iterator[Server]:
    """A live server; what it says of itself can be changed."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def suite(tmp_path: Path, server: Server) -> Suite:
    """A suite whose profile `remote` is the live server, marked as a test environment that may be written to."""
    return Suite(tmp_path, server.url)
