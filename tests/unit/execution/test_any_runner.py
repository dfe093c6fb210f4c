from __future__ import annotations

import pytest

from support.core import ConfigurationError, Settings
from support.execution import SETTINGS, check_any_runner

MEANT = {
    "order": "random", "smoke_first": "true", "jobs": "auto", "retries": "2", "repeat": "3", "until": "failure",
    "shard": "2/5", "fail_on_flaky": "yes", "only": "failed", "step_limit": "120", "scenario_limit": "9",
}  # fmt: skip
ANY = {"run_scope": "support.run:Run", "seed": "7", "schedule": "feature", "durations": "d.json", "allow_empty": "true"}


@pytest.mark.parametrize("name", MEANT)
def test_what_only_our_runner_does_is_not_passed_over(name: str) -> None:
    """Under another it is refused, as it was given, even where it is the default of ours."""
    with pytest.raises(ConfigurationError, match=rf"^-D {name}={MEANT[name]} needs our runner"):
        check_any_runner(Settings(SETTINGS, {name: MEANT[name]}))


def test_all_that_is_refused_is_told_at_once() -> None:
    """With what to do about it."""
    with pytest.raises(ConfigurationError, match=r"^-D retries=1, -D only=failed need our runner.* leave them out"):
        check_any_runner(Settings(SETTINGS, {"only": "failed", "retries": "1", "seed": "1"}))


def test_what_any_runner_does_is_left_in_peace() -> None:
    """What is off, or said of what the hooks do whoever runs, or of nothing that was asked for."""
    off = {
        "order": "as_written", "smoke_first": "no", "jobs": "1", "retries": "0", "repeat": "1", "until": "done",
        "fail_on_flaky": "off", "only": "all", "step_limit": "0", "scenario_limit": "",
    }  # fmt: skip
    check_any_runner(Settings(SETTINGS, off | ANY))


def test_a_new_setting_is_thought_of() -> None:
    """Each setting of our runner is either refused under another or known to need none."""
    assert {each.name for each in SETTINGS} == MEANT.keys() | ANY.keys()
