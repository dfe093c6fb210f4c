"""Nothing is written to a system unless the profile and the system itself say that it is a test environment."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from support.core import Permit
from support.data import Clearing
from support.system import LeaseInfo

if TYPE_CHECKING:
    from .conftest import Server, Suite


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"environment": "production"}, "says that its /environment is 'production', expected 'test'"),
        ({"status": "ok"}, "says nothing at /environment"),
        ({"environment": "Test "}, "expected 'test'"),
    ],
)
def test_a_system_that_is_not_for_tests_is_never_written_to(
    suite: Suite, server: Server, answer: dict[str, str], told: str
) -> None:
    """A profile that says 'test' by mistake stops the run with a refusal, and not one write arrives."""
    server.told = answer
    result = suite.behave()
    assert result.returncode == 1
    assert "Refused, and nothing was touched: the profile 'remote'" in result.stderr
    assert told in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert server.seen
    assert server.writes == 0
    assert set(suite.verdicts().values()) == {"not run"}


@pytest.mark.parametrize("word", ["marked=test", "may=write", "force=true", "marker=test"])
def test_no_setting_overrides_the_refusal(suite: Suite, server: Server, word: str) -> None:
    """What protects production cannot be set on the command line."""
    server.told = {"environment": "production"}
    result = suite.behave("-D", word)
    assert result.returncode == 1
    assert "no setting has this name" in result.stderr
    assert server.seen == []


def test_a_system_that_bears_the_mark_out_is_written_to(suite: Suite, server: Server) -> None:
    """Where profile and system agree, the same suite orders."""
    result = suite.behave()
    assert result.returncode == 0, result.stdout + result.stderr
    assert server.writes == 2


def test_without_a_mark_what_writes_is_skipped_and_the_rest_runs(suite: Suite, server: Server) -> None:
    """An unmarked profile is looked at only: scenarios that write are skipped before anything is done, with why."""
    server.told = {"environment": "production"}
    suite.profile()
    result = suite.behave()
    assert result.returncode == 0, result.stdout + result.stderr
    assert suite.verdicts() == {"looking": "passed", "ordering": "skipped", "ordering under a tag": "skipped"}
    told = "The profile 'remote' does not grant 'write' (leave data in it: submit, seed, clear)."
    assert f"2 skipped  {told}" in result.stdout
    assert "PASSED: 1 passed, 2 skipped" in result.stdout
    assert server.writes == 0


@pytest.mark.parametrize(
    ("step", "told", "tag"),
    [
        ("When somebody orders without a word of warning", "POST http://127.0.0.1:", "@needs:write"),
        ("When somebody sends the form", "POST http://127.0.0.1:", "@needs:write"),
        ("Given the front is unreachable", "arranging an accident", "@needs:disturb"),
    ],
)
def test_what_nobody_has_warned_of_is_refused_by_the_door(
    suite: Suite, server: Server, step: str, told: str, tag: str
) -> None:
    """A step whose need nobody has said is refused, app and browser alike; the scenario is broken and told the tag."""
    suite.profile()
    suite.scenario(step)
    assert suite.behave().returncode == 1
    (scenario,) = suite.record().outcomes
    assert scenario.verdict == "broken"
    assert told in scenario.reason
    assert f"was refused before it was done: The profile 'remote' does not grant '{tag[7:]}'" in scenario.reason
    assert f"Tag the scenario {tag}" in scenario.reason
    assert server.writes == 0


def test_looking_into_a_store_is_granted_too(suite: Suite) -> None:
    """A profile that does not grant reading has no store looked into."""
    suite.scenario("When somebody looks into the books")
    assert suite.behave().returncode == 1
    assert "looking into books was refused before it was done" in suite.record().outcomes[0].reason


def test_clearing_is_refused_where_nothing_may_be_written() -> None:
    """The end of a lease that was granted nothing opens no connection to a database."""
    with socket.create_server(("127.0.0.1", 0)) as database:
        database.settimeout(0.2)
        address = f"postgresql://postgres@127.0.0.1:{database.getsockname()[1]}"
        lease = LeaseInfo("1", "run", {"books": address}, Permit(frozenset({"read"}), "remote"))
        asyncio.run(Clearing("shop", {"books": ["books"]}).lease_ended(lease))
        with pytest.raises(TimeoutError):
            database.accept()


def test_a_need_that_there_is_not_is_told_before_anything_starts(suite: Suite, server: Server) -> None:
    """A misspelt need would never be skipped, so it is an error that names the nearest."""
    suite.write("features/wares.feature", "@needs:distrub\nFeature: F\n  Scenario: S\n    When somebody looks\n")
    result = suite.behave()
    assert result.returncode == 1
    assert "@needs:distrub needs what there is not. Did you mean 'disturb'?" in result.stderr
    assert server.seen == []
