"""The mesh's decision point: who is hit, how often, and when it ends."""

# ruff: noqa: ANN401 - answers are any JSON value

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from support.core import ConfigurationError, PromiseBroken, RehearsalError, RunIdentity, ScenarioIdentity
from support.faults import Decisions, MeshFaults
from support.system import DECISION_PATH, DISTURBED_HEADER, EDGE_HEADER, HttpRequest, LeaseInfo

OURS, THEIRS = LeaseInfo("1", "run"), LeaseInfo("2", "other")
RULE = {"run": "run", "scenario": "placed", "caller": "web", "callee": "orders"}


def identity(scenario: str = "placed", run: str = "run") -> ScenarioIdentity:
    """Who asks."""
    return ScenarioIdentity(RunIdentity(run, 1), scenario)


async def decide(decisions: Decisions, who: ScenarioIdentity, edge: str = "web->orders") -> dict[str, str]:
    """The headers that a request gets for the fault filter."""
    headers = await answered(decisions, who, edge)
    return {name: value for name, value in headers.items() if name != DISTURBED_HEADER}


async def is_disturbed(decisions: Decisions, who: ScenarioIdentity, edge: str = "web->orders") -> bool:
    """Whether the answer to a request is marked as one to a disturbed scenario."""
    return (await answered(decisions, who, edge)).get(DISTURBED_HEADER) == "true"


async def answered(decisions: Decisions, who: ScenarioIdentity, edge: str) -> dict[str, str]:
    """All headers of the decision point's answer."""
    headers = {"baggage": f"user=ada,{who.baggage()};x=1", EDGE_HEADER: edge}
    status, answer, _ = await decisions.routes()[DECISION_PATH](HttpRequest("GET", DECISION_PATH, "", headers, b""))
    assert status == 200
    return dict(answer)


async def call(decisions: Decisions, method: str, lease: LeaseInfo = OURS, /, **params: object) -> Any:
    """The answer to a JSON-RPC method."""
    return await decisions.methods()[f"decisions.{method}"](lease, params)


def test_only_its_own_scenario_and_edge_are_hit() -> None:
    """A rule hits requests of its run, its scenario and its edge, and no other."""

    async def story() -> None:
        decisions = Decisions()
        await call(decisions, "add", kind="unreachable", **RULE)
        assert await decide(decisions, identity()) == {"x-envoy-fault-abort-request": "503"}
        assert await decide(decisions, identity("other")) == {}
        assert await decide(decisions, identity(run="else")) == {}
        assert await decide(decisions, identity(), "web->accounts") == {}

    asyncio.run(story())


def test_a_scenario_with_an_accident_is_disturbed_on_every_edge_and_no_other_is() -> None:
    """What an accident brings about on other edges, or after it was healed, is known as that scenario's own, too."""

    async def story() -> None:
        decisions = Decisions()
        assert not await is_disturbed(decisions, identity())
        rule = await call(decisions, "add", kind="unreachable", **RULE)
        assert await is_disturbed(decisions, identity())
        assert await is_disturbed(decisions, identity(), "mesh->web")
        assert not await is_disturbed(decisions, identity("other"))
        assert not await is_disturbed(decisions, identity(run="else"))
        await call(decisions, "clear", rule_id=rule)
        assert await is_disturbed(decisions, identity())

    asyncio.run(story())


def test_a_lost_lease_leaves_nobody_disturbed_but_by_others() -> None:
    """The scenarios of an ended lease are forgotten, those of another lease are not."""

    async def story() -> None:
        decisions = Decisions()
        await call(decisions, "add", kind="unreachable", **RULE)
        await call(decisions, "add", THEIRS, kind="unreachable", **{**RULE, "run": "other"})
        await decisions.lease_ended(OURS)
        assert not await is_disturbed(decisions, identity())
        assert await is_disturbed(decisions, identity(run="other"))

    asyncio.run(story())


def test_a_delay_and_a_limit_are_obeyed() -> None:
    """A request is late by as much as was said, is marked as delayed, and no more requests are than was said."""

    async def story() -> list[tuple[bool, dict[str, str]]]:
        decisions, loop, seen = Decisions(), asyncio.get_running_loop(), []
        await call(decisions, "add", kind="delay", seconds=0.05, times=2, **RULE)
        for _ in range(3):
            begun = loop.time()
            headers = await decide(decisions, identity())
            seen.append((loop.time() - begun >= 0.05, headers))
        return seen

    marked = {"x-envoy-fault-delay-request": "1"}
    assert asyncio.run(story()) == [(True, marked), (True, marked), (False, {})]


def test_healing_ends_a_delay_at_once() -> None:
    """A delayed request goes on when its accident is healed."""

    async def story() -> None:
        decisions = Decisions()
        await call(decisions, "add", kind="delay", seconds=30, **RULE)
        late = asyncio.ensure_future(decide(decisions, identity()))
        await asyncio.sleep(0)
        await decisions.lease_ended(OURS)
        await asyncio.wait_for(late, 1)

    asyncio.run(story())


def test_a_held_request_goes_on_when_released() -> None:
    """A hold answers nothing until it is released, and tells that somebody stands there."""

    async def story() -> None:
        decisions = Decisions()
        rule = await call(decisions, "add", kind="hold", times=1, **RULE)
        assert not await call(decisions, "reached", rule_id=rule, timeout=0.01)
        held = asyncio.ensure_future(decide(decisions, identity()))
        assert await call(decisions, "reached", rule_id=rule, timeout=1)
        assert not held.done()
        await call(decisions, "release", rule_id=rule)
        assert await held == {}

    asyncio.run(story())


def test_a_lost_lease_heals_what_it_disturbed() -> None:
    """The rules of an ended lease are gone, what they held goes on, and another lease's rules stay."""

    async def story() -> None:
        decisions = Decisions()
        await call(decisions, "add", kind="hold", **RULE)
        await call(decisions, "add", THEIRS, kind="unreachable", **{**RULE, "run": "other"})
        held = asyncio.ensure_future(decide(decisions, identity()))
        await asyncio.sleep(0)
        await decisions.lease_ended(OURS)
        assert await asyncio.wait_for(held, 1) == {}
        assert await call(decisions, "list") == []
        assert await decide(decisions, identity(run="other")) != {}

    asyncio.run(story())


def test_clearing_ends_the_rules_of_one_scenario() -> None:
    """`clear` ends what it names and says how many; other scenarios' rules stay."""

    async def story() -> None:
        decisions = Decisions()
        await call(decisions, "add", kind="unreachable", **RULE)
        await call(decisions, "add", kind="unreachable", **{**RULE, "scenario": "else"})
        assert await call(decisions, "clear", run="run", scenario="placed") == 1
        assert [rule["scenario"] for rule in await call(decisions, "list")] == ["else"]

    asyncio.run(story())


def test_a_lease_cannot_touch_anothers_rules() -> None:
    """A run can neither release nor clear what another run arranged."""

    async def story() -> None:
        decisions = Decisions()
        rule = await call(decisions, "add", THEIRS, kind="hold", **RULE)
        with pytest.raises(RehearsalError, match="This run has no accident"):
            await call(decisions, "release", rule_id=rule)
        assert await call(decisions, "clear") == 0

    asyncio.run(story())


def test_an_unknown_accident_is_told_with_the_nearest() -> None:
    """A kind that there is not is refused with those that there are."""
    with pytest.raises(ConfigurationError, match=r"No accident of the mesh is called 'dealy'. Did you mean 'delay'"):
        asyncio.run(call(Decisions(), "add", kind="dealy", **RULE))


def test_the_run_says_accidents_in_business_words() -> None:
    """The client turns a sentence into a rule, and tells it as a sentence when nobody meets it."""
    asked: list[tuple[str, dict[str, object]]] = []

    def answer(method: str, **params: object) -> Any:
        asked.append((method, params))
        return False if method == "decisions.reached" else "id"

    accident = MeshFaults(answer).unreachable(identity(), "web", "orders", times=1)
    assert asked == [("decisions.add", {"kind": "unreachable", "times": 1, **RULE})]
    with pytest.raises(PromiseBroken, match="web cannot reach orders"):
        accident.wait_until_met(0.1)
