"""What stands around a failure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from support.core import Exhibit, PartUnavailable, RunIdentity, ScenarioIdentity
from support.doors import surroundings
from support.doors._surroundings import LONGEST_LOG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WHO = ScenarioIdentity(RunIdentity("runabcde", 7), "0123456789ab")
RULE = {
    "rule_id": "1",
    "run": "runabcde",
    "edge": "orders->bank",
    "kind": "delay",
    "times": None,
    "seconds": 2,
    "hits": 1,
}


def nothing(_containing: str) -> Mapping[str, Sequence[str]]:
    return {}


def test_the_logs_are_this_scenarios_alone() -> None:
    """Every part is asked for the scenario's trace; those that said nothing leave nothing."""
    log = {"orders": ["a other", f"b {WHO.trace_id}"], "bank": ["c other"]}

    def find(containing: str) -> Mapping[str, Sequence[str]]:
        return {part: [line for line in lines if containing in line] for part, lines in log.items()}

    (seen, _) = surroundings(WHO, {}, {}, find)
    assert (seen.kind, seen.summary, seen.body) == ("system.logs", "orders logged 1 line", f"b {WHO.trace_id}")


def test_a_long_log_keeps_its_end_and_says_how_much_is_missing() -> None:
    """The lines nearest to the failure stay whole, within 128 KB."""
    lines = [f"{number:05} {'x' * 94}" for number in range(2_000)]
    (seen, _) = surroundings(WHO, {}, {}, lambda _: {"orders": lines})
    kept = str(seen.body).splitlines()
    assert kept[-1] == lines[-1]
    assert kept[0] == f"[left out: the first {2_000 - len(kept) + 1} of 2000 lines]"
    assert LONGEST_LOG - 200 < len("\n".join(kept[1:])) <= LONGEST_LOG


def test_logs_that_cannot_be_read_are_said(tmp_path: object) -> None:
    """A failure while failing hides nothing: the environment is still told."""

    def fail(_containing: str) -> Mapping[str, Sequence[str]]:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    seen = list(surroundings(WHO, {}, {}, fail))
    assert seen[0].summary.startswith("no logs: [Errno 13] Permission denied")
    assert seen[1].kind == "environment"


def test_the_environment_tells_what_was_changed_and_no_account() -> None:
    """Profile, versions, the clock and this scenario's accidents are told; who signs in at an address is not."""
    rules = [{**RULE, "scenario": WHO.scenario_id}, {**RULE, "scenario": "another", "edge": "web->bank"}]
    facts = {"profile": "embedded", "versions": {"web": "1.0.0"}, "clock": ["2026-03-01T12:00:00+00:00"], "flags": {}}
    addresses = {"database": "postgresql://postgres:canary@127.0.0.1:5432", "mesh": "http://127.0.0.1:8000"}
    (seen,) = surroundings(WHO, facts, addresses, nothing, lambda _method: rules)
    assert (seen.kind, seen.summary, seen.media_type) == ("environment", "the environment embedded", "application/json")
    assert json.loads(str(seen.body)) == seen.data == {
        "profile": "embedded",
        "versions": {"web": "1.0.0"},
        "clock": ["2026-03-01T12:00:00+00:00"],
        "accidents": [{"edge": "orders->bank", "kind": "delay", "times": None, "seconds": 2, "hits": 1}],
        "addresses": {"database": "postgresql://127.0.0.1:5432", "mesh": "http://127.0.0.1:8000"},
    }  # fmt: skip


def test_an_answer_that_is_not_understood_is_said() -> None:
    """An accident of another shape and an address that is none hide nothing, and tell no account."""
    addresses = {"web": "http://canary:canary@[::1", "none": None}
    (seen,) = surroundings(WHO, {}, addresses, nothing, lambda _method: [{"edge": "x"}])  # type: ignore[arg-type]
    assert seen.data["accidents"] == "not known: the control process tells an accident without 'scenario'"
    assert seen.data["addresses"] == {
        "web": "not shown: it is no URL (ValueError)", "none": "not shown: it is no URL (TypeError)",
    }  # fmt: skip
    (seen,) = surroundings(WHO, {}, {}, nothing, lambda _method: None)
    assert "not iterable" in str(seen.data["accidents"])


def test_accidents_that_cannot_be_asked_for_are_said() -> None:
    """A control process that is gone is told in their place."""
    control = PartUnavailable("control", "it is gone.")

    def gone(_method: str) -> object:
        raise control

    (seen,) = surroundings(WHO, {}, {}, nothing, gone)
    assert isinstance(seen, Exhibit)
    assert "it is gone" in str(seen.data["accidents"])
