"""What a world keeps of a failure: what its browser shows, what the system logged, where it ran."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from support.core import EVERYTHING, PartUnavailable
from support.system import Clock
from support.world import Stage, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.core import Evidence, ScenarioIdentity
    from support.doors import Browsers

    from .conftest import Site

RULE = {"edge": "orders->bank", "kind": "hold", "times": 1, "seconds": 0.0, "hits": 0}


@pytest.fixture
def open_world(
    browsers: Browsers, identity: ScenarioIdentity, evidence: Evidence, site: Site
) -> Iterator[Callable[..., World]]:
    """Makes worlds of a system that is the site; they are closed after the test."""
    made: list[World] = []

    def build(**lent: Any) -> World:  # noqa: ANN401 - whatever a stage has
        given: dict[str, Any] = {"call": lambda _method, **_params: [], "health": dict, "permit": EVERYTHING}
        stage = Stage({"mesh": site.origin}, {}, [site.origin], browsers, **{**given, **lent})
        made.append(World(identity, stage, evidence))
        return made[-1]

    yield build
    for world in made:
        world.close()


def test_a_failure_is_seen_from_all_sides(open_world: Callable[..., World], site: Site, evidence: Evidence) -> None:
    """Picture, text, trace, this scenario's logs and the environment with its accidents are kept, each once."""
    site.page("/", "<h1>Tea</h1>")

    def call(method: str, **_params: object) -> object:
        scenario = {"scenario": world.identity.scenario_id}
        return {"decisions.add": "rule-1", "decisions.list": [{**RULE, **scenario}], "decisions.clear": 1}[method]

    world = open_world(call=call, logs=lambda text: {"orders": [f"it broke in {text}"], "web": []})
    world.step_began("Given Ada is in the shop")
    world.browser().page.goto(f"{site.origin}/")
    world.faults().hold(world.identity, "orders", "bank")
    world.capture_failure()
    kinds = [seen.kind for seen in evidence.all() if seen.kind != "browser.page"]
    assert kinds == ["browser.screenshot", "browser.text", "browser.trace", "system.logs", "environment"]
    assert evidence.of("system.logs")[0].body == f"it broke in {world.identity.trace_id}"
    told = evidence.of("environment")[0].data
    assert (told["accidents"], told["addresses"]) == ([RULE], {"mesh": site.origin})


def test_a_failure_without_a_browser_opens_none(open_world: Callable[..., World], evidence: Evidence) -> None:
    """Who looked through no window has no picture; the environment is told all the same."""
    open_world().capture_failure()
    assert [seen.kind for seen in evidence.all()] == ["environment"]


def test_a_turned_clock_is_told_until_it_is_released(
    open_world: Callable[..., World], site: Site, evidence: Evidence
) -> None:
    """The moment at which a scenario stopped the clock is a fact of its environment."""
    site.page("/clock", "{}")
    world = open_world(clock=Clock(f"{site.origin}/clock", ""))
    world.clock().stop_at(datetime(2026, 3, 1, 12, tzinfo=UTC))
    world.capture_failure()
    world.clock().release()
    world.capture_failure()
    first, second = (seen.data.get("clock") for seen in evidence.of("environment"))
    assert (first, second) == (["2026-03-01T12:00:00+00:00"], None)


def test_looking_into_a_failure_hides_it_not(open_world: Callable[..., World], evidence: Evidence) -> None:
    """What cannot be had any more is said in its place, and nothing is raised."""

    def gone(*_: object, **__: object) -> Any:  # noqa: ANN401 - it never answers
        raise PartUnavailable("control", "it is gone.")  # noqa: EM101 - what and why

    world = open_world(logs=gone)
    world.capture_failure()
    assert "it is gone" in evidence.of("system.logs")[0].summary


def test_evidence_hangs_under_the_action_that_left_it(
    open_world: Callable[..., World], site: Site, evidence: Evidence
) -> None:
    """What doors keep while something is named is a leaf of it."""
    site.page("/charges", "{}", status=402)
    world = open_world()
    with world.action("charge the card"):
        world.http("mesh").post("/charges", json={"worth": 18})
    (action,), (seen,) = evidence.actions(), evidence.all()
    assert (action.title, seen.action) == ("charge the card", 0)
    assert seen.summary.startswith("POST /charges -> 402, ")
