"""A scenario turns the clock of its tenant, where the profile grants it and system.toml says how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Server, Suite

CLOCK = ("[clock]", 'url = "{front.url}/clocks/{tenant}"', 'authorization = "Key {secrets.key}"')
SECRETS = ("[secrets]", 'key = "environment:THE_KEY"')
GRANTED = ('marked = "test"', 'may = ["write", "clock"]')
TURNING = ("When an hour passes", "Then it is 2026-03-01T13:00:00+00:00")


@pytest.fixture
def clocked(suite: Suite) -> Suite:
    """A suite with a clock that it may turn, and a scenario that does."""
    suite.profile(*GRANTED, *CLOCK, *SECRETS)
    suite.scenario(*TURNING)
    return suite


def test_a_scenario_turns_its_own_tenants_clock_and_releases_it(clocked: Suite, server: Server) -> None:
    """The URL is filled with the tenant that no other scenario has, the secret is sent, and real time comes back."""
    result = clocked.behave(THE_KEY="k-canary")
    assert result.returncode == 0, result.stdout + result.stderr
    (turned, released) = server.turns
    assert re.fullmatch(r"/clocks/[a-z0-9]{8}-[0-9a-f]{8}-1", turned[1])
    assert turned == ("PUT", released[1], "Key k-canary")
    assert released[0] == "DELETE"


def test_another_tenants_clock_is_turned_by_its_name(clocked: Suite, server: Server) -> None:
    """What a name holds that a path cannot is escaped; each clock that was turned is released."""
    clocked.scenario("When an hour passes in the shop of a/b", "When an hour passes")
    assert clocked.behave(THE_KEY="k").returncode == 0
    assert {path for _, path, _ in server.turns} > {"/clocks/a%2Fb"}
    assert sorted(method for method, _, _ in server.turns) == ["DELETE", "DELETE", "PUT", "PUT"]


def test_the_key_of_the_clock_stands_in_no_report(clocked: Suite) -> None:
    """A failing scenario keeps its exchanges with the clock, and not the key."""
    clocked.scenario("When an hour passes", "Then it is noon")
    clocked.behave(THE_KEY="k-canary")
    files = [path for path in (clocked.folder / "reports").rglob("*") if path.is_file()]
    texts = [path.read_text(errors="replace") for path in files]
    assert any("/clocks/" in text for text in texts)
    assert not any("k-canary" in text for text in texts)


def test_where_the_clock_is_not_granted_a_scenario_that_needs_it_is_skipped(clocked: Suite, server: Server) -> None:
    """Nothing is turned, and the reason is told."""
    clocked.profile('marked = "test"', *CLOCK, *SECRETS)
    result = clocked.behave(THE_KEY="k")
    assert clocked.verdicts() == {"S": "skipped"}
    assert "does not grant 'clock' (turn its clock)" in result.stdout
    assert server.turns == []


@pytest.mark.parametrize("part", ["front", "books"])
def test_turning_a_clock_of_which_nobody_has_warned_is_refused(clocked: Suite, server: Server, part: str) -> None:
    """It is refused before anything is asked, and the tag is told, also where the clock would be out of reach."""
    clocked.profile('marked = "test"', *(line.replace("front", part) for line in CLOCK), *SECRETS)
    clocked.scenario("When an hour passes without a word of warning")
    assert clocked.behave(THE_KEY="k").returncode == 1
    (scenario,) = clocked.record().outcomes
    assert scenario.verdict == "broken"
    assert "Tag the scenario @needs:clock" in scenario.reason
    assert server.turns == []


def test_a_system_without_a_clock_is_told_what_to_add(clocked: Suite) -> None:
    """Without the table [clock] the scenario is broken, and its reason says what to add."""
    clocked.profile(*GRANTED)
    assert clocked.behave().returncode == 1
    (scenario,) = clocked.record().outcomes
    assert scenario.verdict == "broken"
    assert "system.toml has no table [clock]" in scenario.reason
    assert "url = '{mesh.url}/tenants/{tenant}/clock'" in scenario.reason
