"""The clock door against a real server that keeps the protocol, and against some that do not."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from support.core import Evidence, NotPermitted, PartUnavailable, Permit, Redactor, RehearsalError
from support.doors import ClockDoor

from .conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.core import ScenarioIdentity

    from .conftest import Site

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "Bearer the-operators"


class System:
    """One clock that is turned as docs/reference/clock.md says, by whoever has the key."""

    def __init__(self, url: str) -> None:
        self.url, self.accepts = url, True
        self.stopped_at = ""
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    def answer(self, method: str, headers: dict[str, str], body: bytes) -> tuple[int, object]:
        """Status and body of the answer."""
        self.asked.append(method)
        self.headers.append(headers)
        if headers.get("authorization") != KEY:
            return 401, {"detail": "Whose are you?"}
        if not self.accepts:
            return 404, {"detail": "Not found."}
        if method == "PUT":
            assert json.loads(body)["stopped"] is True
            self.stopped_at = json.loads(body)["now"]
        if method == "DELETE":
            self.stopped_at = ""
            return 204, ""
        return 200, {"now": self.stopped_at or datetime.now(UTC).isoformat(), "stopped": bool(self.stopped_at)}


@contextmanager
def running_system() -> Iterator[System]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, told = system.answer(self.command, headers, body)
            content = json.dumps(told).encode() if told else b""
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_DELETE = answer  # noqa: N815 - named by http.server

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    system = System(f"http://127.0.0.1:{server.server_port}/clock")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def clocked() -> Iterator[System]:
    with running_system() as made:
        yield made


@pytest.fixture
def door(clocked: System, identity: ScenarioIdentity, evidence: Evidence) -> Iterator[ClockDoor]:
    made = ClockDoor(clocked.url, identity, evidence, authorization=KEY)
    yield made
    made.close()


def test_a_turned_clock_stands_still_until_it_is_released(door: ClockDoor) -> None:
    """It shows exactly the moment to which it was turned, and real time afterwards."""
    door.stop_at(NOON)
    assert [door.now(), door.now()] == [NOON, NOON]
    door.release()
    assert abs(door.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_advancing_goes_on_from_what_the_clock_shows(door: ClockDoor) -> None:
    """Both sides of a boundary are met exactly, to the fraction of a second."""
    door.stop_at(NOON)
    door.advance(899.5)
    assert door.now() == NOON + timedelta(seconds=899.5)
    door.advance(0.5)
    assert door.now() == NOON + timedelta(minutes=15)


def test_a_running_clock_is_stopped_when_it_is_advanced(door: ClockDoor, clocked: System) -> None:
    """An hour later is an hour after this moment, and stays so."""
    before = datetime.now(UTC)
    door.advance(3600)
    shown = datetime.fromisoformat(clocked.stopped_at)
    assert timedelta(0) <= shown - before - timedelta(hours=1) < timedelta(seconds=5)
    assert door.now() == shown


def test_a_moment_is_the_same_in_every_time_zone(door: ClockDoor, clocked: System) -> None:
    """What is sent is the moment in UTC; one that names no zone is no moment, and nothing is sent."""
    door.stop_at(NOON.astimezone(timezone(timedelta(hours=5))))
    assert clocked.stopped_at == NOON.isoformat()
    asked = len(clocked.asked)
    with pytest.raises(RehearsalError, match=r"2026-03-01T12:00:00 is no moment, as it has no time zone"):
        door.stop_at(NOON.replace(tzinfo=None))
    assert len(clocked.asked) == asked


def test_closing_releases_a_clock_that_was_turned_and_no_other(
    clocked: System, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """The next scenario finds real time; a door that has only looked has nothing to undo."""
    looked, turned = (ClockDoor(clocked.url, identity, evidence, authorization=KEY) for _ in range(2))
    looked.now()
    looked.close()
    assert "DELETE" not in clocked.asked
    turned.stop_at(NOON)
    turned.close()
    turned.close()
    assert clocked.stopped_at == ""
    assert clocked.asked.count("DELETE") == 1


def test_every_turn_carries_the_identity_and_is_kept_without_the_key(
    clocked: System, identity: ScenarioIdentity
) -> None:
    """The baggage reaches the system, exchange and turn stand in the evidence, and the key does not."""
    evidence = Evidence(Redactor())
    door = ClockDoor(clocked.url, identity, evidence, authorization=KEY)
    door.stop_at(NOON)
    door.close()
    assert {headers["baggage"] for headers in clocked.headers} == {identity.baggage()}
    assert [exhibit.summary for exhibit in evidence.of("clock")] == [
        "the clock stands at 2026-03-01T12:00:00+00:00",
        "the clock shows real time again",
    ]
    assert [exhibit.summary.partition(",")[0] for exhibit in evidence.of("http.exchange")] == [
        "PUT /clock -> 200",
        "DELETE /clock -> 204",
    ]
    kept = json.dumps([[exhibit.summary, exhibit.body, dict(exhibit.data)] for exhibit in evidence.all()], default=str)
    assert "the-operators" not in kept


TOUCHES: list[Callable[[ClockDoor], object]] = [
    ClockDoor.now,
    lambda door: door.stop_at(NOON),
    lambda door: door.advance(1),
    ClockDoor.release,
]


@pytest.mark.parametrize("touch", TOUCHES, ids=["now", "stop_at", "advance", "release"])
def test_without_a_permit_nothing_is_sent(
    touch: Callable[[ClockDoor], object], clocked: System, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """Where the profile does not grant `clock`, the door asks the system nothing at all."""
    door = ClockDoor(
        clocked.url, identity, evidence, authorization=KEY, permit=Permit(frozenset({"read", "write"}), "staging")
    )
    with pytest.raises(NotPermitted, match=r"The profile 'staging' does not grant 'clock' \(turn its clock\)"):
        touch(door)
    door.close()
    assert clocked.asked == []


def test_an_environment_without_a_clock_is_told_as_one(door: ClockDoor, clocked: System) -> None:
    """404 says where clocks are accepted, it is yellow, and closing has nothing to undo."""
    clocked.accepts = False
    with pytest.raises(
        RehearsalError, match=r"PUT .*/clock: the clock answered 404 Not Found.*only where it is told to"
    ):
        door.stop_at(NOON)
    door.close()
    assert clocked.asked == ["PUT"]


def test_a_wrong_key_is_told(clocked: System, identity: ScenarioIdentity, evidence: Evidence) -> None:
    """401 names the key of system.toml to look at."""
    with pytest.raises(RehearsalError, match=r"answered 401 Unauthorized.*Is `authorization` in \[clock\]"):
        ClockDoor(clocked.url, identity, evidence, authorization="Bearer x").now()


@pytest.mark.parametrize("body", ["<h1>Shop</h1>", "{}", '{"now": 3}', '{"now": "noon"}', "[]"])
def test_an_answer_that_says_no_time_is_yellow(
    site: Site, identity: ScenarioIdentity, evidence: Evidence, body: str
) -> None:
    """What does not keep the protocol is ours or the environment's to mend, and is shown."""
    site.page("/clock", body)
    with pytest.raises(RehearsalError, match=r"was expected to answer as .*but it says 200 OK") as caught:
        ClockDoor(f"{site.origin}/clock", identity, evidence).now()
    assert body in str(caught.value)


def test_an_unusual_refusal_says_where_the_protocol_is(
    site: Site, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """Any other status, also one without a name, is told with where to read on."""
    site.page("/clock", status=599)
    with pytest.raises(RehearsalError, match=r"answered 599\. .* docs/reference/clock\.md"):
        ClockDoor(f"{site.origin}/clock", identity, evidence).release()


def test_nobody_there_is_yellow(identity: ScenarioIdentity, evidence: Evidence) -> None:
    """A refused connection is PartUnavailable."""
    with pytest.raises(PartUnavailable, match=r"clock: GET .*: connection refused; nothing listens there"):
        ClockDoor(f"http://127.0.0.1:{free_port()}/clock", identity, evidence).now()


def test_a_clock_whose_answer_was_lost_is_released_all_the_same(identity: ScenarioIdentity, evidence: Evidence) -> None:
    """Nobody knows whether it was turned, so closing asks for real time."""
    heard: list[bytes] = []

    def hang_up_twice(listening: socket.socket) -> None:
        for _ in range(2):
            wire, _ = listening.accept()
            with wire:
                heard.append(wire.recv(4096).split()[0])

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        thread = threading.Thread(target=hang_up_twice, args=(listening,))
        thread.start()
        door = ClockDoor(f"http://127.0.0.1:{listening.getsockname()[1]}/", identity, evidence)
        with pytest.raises(PartUnavailable):
            door.stop_at(NOON)
        with pytest.raises(PartUnavailable):
            door.close()
        thread.join()
    assert heard == [b"PUT", b"DELETE"]
