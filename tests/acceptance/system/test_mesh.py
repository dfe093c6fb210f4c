"""Accidents in the mesh, for one scenario only, and what the mesh tells of them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from support.core import PromiseBroken, wait_until
from support.faults import MeshFaults
from support.telemetry import Telemetry

from .conftest import ask, scenario

if TYPE_CHECKING:
    from support.system import SystemClient


def test_an_accident_hits_its_own_scenario_only(bookshop: SystemClient) -> None:
    """Of two scenarios side by side, all requests of one fail and none of the other, until it is healed."""
    hit, spared = scenario("hit"), scenario("spared")
    accident = MeshFaults(bookshop.call).unreachable(hit, "front", "back")
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda number: ask(bookshop, (hit, spared)[number % 2]), range(40)))
    assert {json.loads(answer)["back"] for answer in answers[::2]} == {503}
    assert {json.loads(answer)["back"] for answer in answers[1::2]} == {200}
    assert '"back": 200' in ask(bookshop)
    accident.heal()
    assert '"back": 200' in ask(bookshop, hit)


def test_an_accident_hits_its_own_edge_only(bookshop: SystemClient) -> None:
    """Who cannot reach the back office through the shop still reaches it from outside."""
    hit = scenario("edge")
    MeshFaults(bookshop.call).unreachable(hit, "front", "back")
    assert '"back": 503' in ask(bookshop, hit)
    assert '"service": "back"' in ask(bookshop, hit, "/back")


def test_an_accident_happens_as_often_as_was_said(bookshop: SystemClient) -> None:
    """With `times=2` two requests fail, and the third succeeds."""
    hit = scenario("twice")
    MeshFaults(bookshop.call).unreachable(hit, "mesh", "front", times=2)
    assert [ask(bookshop, hit)[:3] for _ in range(3)] == ["503", "503", '{"s']


def test_a_held_request_waits_for_its_release(bookshop: SystemClient) -> None:
    """A held request stands still while others of its scenario pass, and goes on when it is released."""
    held = scenario("held")
    accident = MeshFaults(bookshop.call).hold(held, "front", "back")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(ask, bookshop, held)
        accident.wait_until_met()
        assert '"back": 200' in ask(bookshop, held)
        assert not waiting.done()
        accident.release()
        assert '"back": 200' in waiting.result(timeout=5)


def test_a_delay_is_as_long_as_was_said(bookshop: SystemClient) -> None:
    """A slowed request takes at least its delay, as the mesh's own span tells."""
    late = scenario("late")
    MeshFaults(bookshop.call).slow(late, "front", "back", 0.3)
    ask(bookshop, late)
    spans = Telemetry(bookshop.call).of(late, at_least=3).having("mesh.edge", "front->back")
    assert [(span.seconds >= 0.3, span.attributes["response_flags"]) for span in spans] == [(True, "DI")]


def test_nobody_met_the_accident(bookshop: SystemClient) -> None:
    """Waiting for an accident that no request meets fails with what was waited for."""
    accident = MeshFaults(bookshop.call).hold(scenario("nobody"), "front", "back")
    with pytest.raises(PromiseBroken, match=r"within 0.1 s: front's request to back is held"):
        accident.wait_until_met(limit=0.1)


def test_the_mesh_tells_who_called_whom(bookshop: SystemClient) -> None:
    """A scenario's trace has a span of every hop, each with its edge, each the child of the one before."""
    seen = scenario("seen")
    ask(bookshop, seen)
    spans = list(Telemetry(bookshop.call).of(seen, at_least=3))
    assert [span.attributes["mesh.edge"] for span in spans] == ["mesh->front", "mesh->front", "front->back"]
    assert [span.parent for span in spans[1:]] == [span.span_id for span in spans[:-1]]


def test_the_access_log_names_the_scenario(bookshop: SystemClient) -> None:
    """Every request of a scenario stands in the access log with its edge and the scenario's trace."""
    logged = scenario("logged")
    ask(bookshop, logged)
    lines = wait_until(
        lambda: bookshop.logs("mesh.access", containing=logged.trace_id)[2:] or None, limit=3, what="it is logged"
    )
    assert json.loads(lines[-1])["edge"] in {"mesh->front", "front->back"}


def test_a_call_that_was_not_declared_is_refused(bookshop: SystemClient) -> None:
    """A service that calls another one which is not among its `calls` is told so by the mesh."""
    config = json.loads((bookshop.folder / "mesh.json").read_text())
    listeners = {listener["name"]: listener for listener in config["static_resources"]["listeners"]}
    assert "is not among its 'calls'" in json.dumps(listeners["egress.back"])
