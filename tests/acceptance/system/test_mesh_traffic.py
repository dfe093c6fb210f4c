"""What the mesh does as in production: retries, circuit breakers and outlier ejection, by the real Envoy."""

from __future__ import annotations

import json
import os
import signal
import socket
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from support.core import wait_until
from support.faults import MeshFaults
from support.system import SystemClient, stop

from .conftest import Place, ask, scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

# HTTP/1.0 keeps no connection, so a request to a dead service is refused and never lost on an old one.
SERVICE = """
    import json, os, urllib.error, urllib.request
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    MARKS = {"x-rehearsal-disturbed": "true", "x-rehearsal-unreached": "true"}

    def status_of_back(path, headers):
        carried = {name: headers[name] for name in ("traceparent", "baggage") if headers[name]}
        try:
            with urllib.request.urlopen(urllib.request.Request("http://back.mesh" + path, headers=carried)) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            told = {"service": os.environ["NAME"], "pid": os.getpid()}
            status = 503 if self.path in ("/failing", "/lying") else 200
            if self.path.startswith("/ask"):
                told["back"] = status_of_back(self.path.removeprefix("/ask") or "/", self.headers)
            if self.path == "/depend":
                status = status_of_back("/", self.headers)
            content = json.dumps(told).encode()
            self.send_response(status)
            for name, value in MARKS.items() if self.path == "/lying" else ():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""

GUARDED = """
    [system]
    name = "tearoom"

    [parts.mesh]
    kind = "envoy"
    routes = { "/" = "front", "/back" = "back" }

    [parts.mesh.traffic]
    retries = 1
    retry_budget = 100
    max_requests = 1
    consecutive_gateway_failures = 8
    base_ejection_time = 0.5

    [parts.front]
    kind = "service"
    command = ["{python}", "service.py"]
    calls = ["back"]
    environment = { PORT = "{port}", NAME = "front" }

    [parts.front.traffic]
    max_requests = 8

    [parts.back]
    kind = "service"
    command = ["{python}", "service.py"]
    environment = { PORT = "{port}", NAME = "back" }

    [profiles.embedded]
    marked = "test"
"""


@pytest.fixture(scope="module")
def tearoom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SystemClient]:
    """A system with a guarded mesh that stays up for these tests."""
    place = Place(tmp_path_factory.mktemp("tearoom"), GUARDED)
    (place.folder / "service.py").write_text(textwrap.dedent(SERVICE))
    client = place.start(owned=False)
    yield client
    client.close()
    stop(place.description, "embedded")


def told_by_front(tearoom: SystemClient, name: str, path: str = "/ask") -> int:
    """The status that front got of back, for a scenario; with `/ask/failing` it is back's own 503."""
    status: int = json.loads(ask(tearoom, scenario(name), path))["back"]
    return status


def befallen(tearoom: SystemClient, name: str) -> int:
    """How many requests of a scenario have met its accident."""
    (rule,) = [rule for rule in tearoom.call("decisions.list") if rule["scenario"] == scenario(name).scenario_id]
    hits: int = rule["hits"]
    return hits


def logged(tearoom: SystemClient, name: str, listener: str) -> list[dict[str, Any]]:
    """What the mesh has written of a scenario's requests at one of its listeners, as soon as there is something."""

    def lines() -> list[dict[str, Any]] | None:
        found = map(json.loads, tearoom.logs("mesh.access", containing=scenario(name).trace_id))
        return [line for line in found if line["listener"] == listener] or None

    return wait_until(lines, limit=3, what=f"{listener} has logged {name}")


def flags_of(tearoom: SystemClient, name: str) -> set[str]:
    """What the mesh has noted of front's requests to back for a scenario."""
    return {line["flags"] for line in logged(tearoom, name, "egress.front")}


@contextmanager
def without_back(tearoom: SystemClient) -> Iterator[None]:
    """Nothing listens at back's port inside."""
    os.kill(json.loads(ask(tearoom, path="/back"))["pid"], signal.SIGKILL)
    address = urlsplit(tearoom.addresses["back"])
    try:
        wait_until(lambda: refuses(address.hostname, address.port), limit=5, what="back's port refuses")
        yield
    finally:
        tearoom.call("system.restart", part="back")


def refuses(host: str | None, port: int | None) -> bool:
    """Whether a connection is refused."""
    with socket.socket() as wire:
        return wire.connect_ex((host or "", port or 0)) != 0


def test_what_never_reached_the_service_is_sent_again(tearoom: SystemClient) -> None:
    """A refused connection is tried once more, and the caller notices nothing when the service is back by then."""
    faults = MeshFaults(tearoom.call)
    first = faults.hold(scenario("again"), "front", "back")
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(told_by_front, tearoom, "again")
        first.wait_until_met()
        with without_back(tearoom):
            second = faults.hold(scenario("again"), "front", "back")
            first.release()
            second.wait_until_met()
        second.release()
        assert answer.result(timeout=20) == 200
    (line,) = logged(tearoom, "again", "egress.front")
    assert (line["status"], line["attempts"]) == (200, 2)


def test_a_service_that_stays_away_is_asked_no_more_often_than_was_said(tearoom: SystemClient) -> None:
    """With one retry a dead service costs two attempts; what comes back is 503, without the marks of the mesh."""
    with without_back(tearoom):
        assert told_by_front(tearoom, "away") == 503
        assert "x-rehearsal" not in raw_answer(tearoom, "/back").lower()
    (line,) = logged(tearoom, "away", "egress.front")
    assert line["attempts"] == 2
    assert [each["flags"] for each in logged(tearoom, "away", "inbound.back")] == ["UF", "UF"]


def test_an_accident_is_not_tried_again(tearoom: SystemClient) -> None:
    """A refusal that was arranged for a scenario is its answer at the first attempt, as a 503 of its own would be."""
    MeshFaults(tearoom.call).unreachable(scenario("hit"), "front", "back")
    assert told_by_front(tearoom, "hit") == 503
    (line,) = logged(tearoom, "hit", "egress.front")
    assert line["attempts"] == 1


def test_a_breaker_trips_for_every_scenario_of_that_edge(tearoom: SystemClient) -> None:
    """While one scenario's request fills the breaker, another's is refused at once (UO); other edges are not."""
    held = MeshFaults(tearoom.call).hold(scenario("filling"), "front", "back")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(told_by_front, tearoom, "filling")
        held.wait_until_met()
        assert told_by_front(tearoom, "refused") == 503
        assert '"service": "back"' in ask(tearoom, scenario("outside"), "/back")
        held.release()
        assert waiting.result(timeout=20) == 200
    assert [line["flags"] for line in logged(tearoom, "refused", "egress.front")] == ["UO"]
    assert told_by_front(tearoom, "after") == 200


@pytest.mark.parametrize("how", ["failing", "lying"])
def test_failures_in_a_row_eject_the_service_for_every_scenario_of_that_edge(tearoom: SystemClient, how: str) -> None:
    """After as many 503s as were said nobody is sent there (UH) for a while, even if the service sets the mesh's marks.

    Other edges are spared.
    """
    ejected = f"ejected-by-{how}"

    def another_scenario_meets_it() -> bool:
        assert {told_by_front(tearoom, how, f"/ask/{how}") for _ in range(8)} == {503}
        return told_by_front(tearoom, ejected) == 503

    wait_until(another_scenario_meets_it, limit=10, what="back is ejected")  # on a slow machine it may be over at once
    assert '"service": "back"' in ask(tearoom, scenario("spared"), "/back")
    flags = wait_until(lambda: flags_of(tearoom, ejected) - {"-"} or None, limit=3, what="the refusal is logged")
    assert flags == {"UH"}
    assert max(line["attempts"] for line in logged(tearoom, how, "egress.front")) == 1
    wait_until(lambda: told_by_front(tearoom, "healed") == 200, limit=10, what="the ejection is over")


def test_a_success_in_between_starts_the_count_anew(tearoom: SystemClient) -> None:
    """Failures of one scenario eject nobody while the requests of others succeed."""
    for _ in range(3):
        assert {told_by_front(tearoom, "now-and-then", "/ask/failing") for _ in range(3)} == {503}
        assert told_by_front(tearoom, "fine") == 200


def test_an_accident_ejects_nobody(tearoom: SystemClient) -> None:
    """Three times as many accidents as there may be failures all happen, and the next scenario is answered."""
    accident = MeshFaults(tearoom.call).unreachable(scenario("troubled"), "front", "back")
    assert {told_by_front(tearoom, "troubled") for _ in range(24)} == {503}
    assert befallen(tearoom, "troubled") == 24
    assert told_by_front(tearoom, "untroubled") == 200
    accident.heal()


def test_what_follows_from_an_accident_ejects_nobody_either(tearoom: SystemClient) -> None:
    """A service that answers 503 because another cannot be reached by that scenario is not ejected for it."""
    accident = MeshFaults(tearoom.call).unreachable(scenario("upstairs"), "front", "back")
    assert {ask(tearoom, scenario("upstairs"), "/depend") for _ in range(24)} == {"503"}
    assert befallen(tearoom, "upstairs") == 24
    assert '"service": "front"' in ask(tearoom, scenario("downstairs"), "/")
    accident.heal()


def test_nobody_is_told_that_a_scenario_is_disturbed(tearoom: SystemClient) -> None:
    """The mark by which the mesh knows accidents stays between its listeners."""
    accident = MeshFaults(tearoom.call).unreachable(scenario("discreet"), "mesh", "front")
    baggage = f"baggage: {scenario('discreet').headers()['baggage']}"
    refused = raw_answer(tearoom, "/", baggage)
    accident.heal()
    answers = [refused, raw_answer(tearoom, "/", baggage)]
    assert [answer.split()[1] for answer in answers] == ["503", "200"]
    assert "x-rehearsal" not in "".join(answers).lower()


def raw_answer(tearoom: SystemClient, path: str, header: str = "Accept: */*") -> str:
    """An answer as it comes from the wire, its headers included."""
    port = urlsplit(tearoom.addresses["mesh"]).port
    with socket.create_connection(("127.0.0.1", port or 0), timeout=5) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{header}\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: wire.recv(4096), b"")).decode()
