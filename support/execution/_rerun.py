"""The line that repeats one scenario."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from behave.model import Scenario

    from ..core import Settings

_ABOUT_THE_WHOLE_RUN: Final = frozenset(
    {
        "order", "smoke_first", "allow_empty", "jobs", "schedule", "retries", "fail_on_flaky", "only", "shard",
        "durations",
    }
)  # fmt: skip


def rerun_command(scenario: Scenario, settings: Settings) -> str:
    """The command that repeats one scenario with the same seed and the settings that differ from their defaults.

    The settings are those that the runner gave to the scope: they hold nothing else.
    """
    given = {name: value for name, value in settings.given().items() if name not in _ABOUT_THE_WHOLE_RUN}
    words = ["behave", str(scenario.location)]
    for name in sorted(given, key=lambda name: (name != "seed", name)):
        words += ["-D", f"{name}={given[name]}"]
    return shlex.join(words)
