"""behave's runner, with a timekeeper that hears when scenarios and steps begin and end."""

from __future__ import annotations

from typing import Any

from behave.runner import Runner as BehaveRunner

from ._limits import Limits, Timekeeper


class TimedRunner(BehaveRunner):  # type: ignore[misc] # behave has no types
    """As behave's; what takes longer than it may is broken off."""

    keeper = Timekeeper(Limits())

    def run_hook(self, hook_name: str, *args: Any) -> bool:  # noqa: ANN401 - behave has no types
        """As behave's; steps begin and end with theirs, also where the suite has none."""
        if hook_name == "before_step":
            self.keeper.begin_step()
        try:
            return bool(super().run_hook(hook_name, *args))
        finally:
            if hook_name == "after_step":
                self.keeper.end_step()

    def run_hook_with_capture(self, hook_name: str, *args: Any, **named: Any) -> bool:  # noqa: ANN401
        """As behave's; scenarios begin and end with theirs, also where the suite has none."""
        if hook_name == "before_scenario":
            self.keeper.begin_scenario(args[0])
        try:
            return bool(super().run_hook_with_capture(hook_name, *args, **named))
        finally:
            if hook_name == "after_scenario":
                self.keeper.end_scenario()
