"""The HTTP door against a web server on loopback."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest

from support.core import Evidence, PartUnavailable, PromiseBroken, Redactor, RehearsalError
from support.doors import HttpDoor, shown

from .conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.core import ScenarioIdentity

    from .conftest import Site


@pytest.fixture
def door(site: Site, identity: ScenarioIdentity, evidence: Evidence) -> Iterator[HttpDoor]:
    made = HttpDoor(f"{site.origin}/", identity, evidence)
    yield made
    made.close()


def test_every_request_carries_the_identity_and_is_kept(
    door: HttpDoor, site: Site, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """Two requests share the trace and the baggage, not the parent span, and each leaves an exchange."""
    site.page("/orders", '{"id": 7}', status=201)
    answers = [door.post("/orders", json={"sku": sku}) for sku in ("tea", "pot")]
    assert [(answer.status, answer.json()) for answer in answers] == [(201, {"id": 7})] * 2
    sent = [seen.headers for seen in site.asked("/orders")]
    assert {headers["baggage"] for headers in sent} == {identity.baggage()}
    assert len({headers["traceparent"] for headers in sent}) == 2
    assert [exhibit.summary.partition(",")[0] for exhibit in evidence.of("http.exchange")] == [
        "POST /orders -> 201"
    ] * 2


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here to send the line with")
def test_the_curl_line_sends_the_same_request(door: HttpDoor, site: Site, evidence: Evidence) -> None:
    """Pasted into a shell, the kept command repeats the request with its headers and body."""
    site.page("/orders", "{}")
    door.request("PUT", "/orders", json={"note": "it's tea"}, headers={"X-Shop": "Ada's"})
    (seen,) = shown(evidence.all())
    subprocess.run(["bash", "-c", str(seen.data["curl"])], check=True, capture_output=True)
    first, again = site.asked("/orders")
    assert (again.method, again.body) == (first.method, first.body)
    assert {**again.headers, "X": ""}.items() >= {"X-Shop": "Ada's", "baggage": first.headers["baggage"]}.items()


def test_no_secret_of_a_request_is_kept(site: Site, identity: ScenarioIdentity) -> None:
    """Authorisation, cookies and secret fields are redacted in text, data and command; by the sink's own names too."""
    site.page("/in", '{"token": "tok-canary"}', headers={"Set-Cookie": "session=cookie-canary"})
    evidence = Evidence(Redactor(fields=["X-Operator"]))
    door = HttpDoor(site.origin, identity, evidence)
    door.post(
        "/in?api_key=query-canary",
        json={"password": "body-canary"},
        headers={"Authorization": "Key auth-canary", "X-Operator": "own-canary", "Cookie": "sid=sent-canary"},
    )
    door.close()
    seen = [*evidence.all(), *shown(evidence.all())]
    kept = json.dumps([[exhibit.summary, exhibit.body, dict(exhibit.data)] for exhibit in seen], default=str)
    assert "canary" not in kept
    assert {"$AUTHORIZATION", "$API_KEY", "$PASSWORD", "$COOKIE"} <= set(re.findall(r"\$\w+", kept))
    assert "http.exchange" in evidence.all()[0].kind


def test_bodies_of_any_kind_are_safe(door: HttpDoor, site: Site, evidence: Evidence) -> None:
    """A picture, broken UTF-8 and a body over 64 KB are answered whole and kept bounded, saying what was cut."""
    site.page("/picture", b"\x89PNG\x00\xff", headers={"Content-Type": "image/png"})
    site.page("/broken", b"caf\xe9", headers={"Content-Type": "text/plain"})
    site.page("/long", "a word " * 14_000 + "xx")
    assert [len(door.get(path).content) for path in ("/picture", "/broken", "/long")] == [6, 4, 98_002]
    assert door.get("/broken").text == "caf\ufffd"
    answers = [json.loads(str(exhibit.body))["response"]["body"] for exhibit in shown(evidence.all())]
    assert answers[0]["value"] == "[image/png, 6 bytes]"
    assert answers[2]["value"].endswith("[cut: 32466 of 98002 characters]")
    assert [answer["size"] for answer in answers] == [6, 4, 98_002, 4]
    assert len(answers[2]["value"]) < 70_000


def test_nobody_there_is_yellow_and_kept(identity: ScenarioIdentity, evidence: Evidence) -> None:
    """A refused connection is PartUnavailable, names method and address, and leaves evidence."""
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(PartUnavailable, match=f"GET {address}/health: connection refused"):
        HttpDoor(address, identity, evidence).get("/health")
    assert evidence.all()[0].summary == "GET /health -> connection refused; nothing listens there"


def test_silence_is_yellow_after_the_timeout(identity: ScenarioIdentity, evidence: Evidence) -> None:
    """A server that accepts and says nothing is PartUnavailable after the given seconds."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        door = HttpDoor(f"http://127.0.0.1:{silent.getsockname()[1]}", identity, evidence)
        with pytest.raises(PartUnavailable, match=r"no answer within 0\.2 s"):
            door.get("/", timeout=0.2)
        door.close()


def test_an_answer_that_is_no_json_is_red(door: HttpDoor, site: Site) -> None:
    """Reading JSON from a page of HTML is PromiseBroken and shows what came."""
    site.page("/", "<h1>Bad gateway</h1>", status=502)
    with pytest.raises(PromiseBroken, match="502 Bad Gateway: <h1>Bad gateway"):
        door.get("/").json()


def test_a_redirect_is_an_answer(door: HttpDoor, site: Site) -> None:
    """A redirect is not followed: where it points to is for the scenario to judge."""
    site.page("/old", status=308, headers={"Location": "/new"})
    answer = door.get("/old")
    assert (answer.status, answer.headers["location"]) == (308, "/new")
    assert not site.asked("/new")


def test_an_impossible_request_is_ours(identity: ScenarioIdentity, evidence: Evidence) -> None:
    """An address without a scheme is a RehearsalError that shows it."""
    with pytest.raises(RehearsalError, match="The address is 'localhost:80'"):
        HttpDoor("localhost:80", identity, evidence).get("/")


def test_polling_leaves_one_exchange(door: HttpDoor, site: Site, evidence: Evidence) -> None:
    """The same question with the same answer at once again is kept once; another answer is kept."""
    site.page("/state", "placed")
    for _ in range(20):
        door.get("/state")
    site.page("/state", "shipped")
    door.get("/state")
    assert len(evidence.of("http.exchange")) == 2
