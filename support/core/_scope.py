"""What the runner asks of a run, whatever the run touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._identity import RunIdentity
    from ._settings import Setting, Settings


@dataclass(frozen=True, slots=True)
class ScenarioPlan:
    """One selected scenario as the runner knows it before it runs: stable id, where it stands, names and tags."""

    scenario_id: str
    location: str
    name: str
    tags: tuple[str, ...] = ()
    feature: str = ""
    rule: str = ""


class RunScope(Protocol):
    """What a run opens, heals and closes around its scenarios.

    The runner names a class of this shape by the setting `run_scope` (behave.ini) and calls it in this order:
    construct, `open`, any number of scenarios, `close`. Without one, the runner
    serves any behave suite.
    """

    SETTINGS: Sequence[Setting]
    """The settings that this scope knows, beside the runner's own."""

    def __init__(self, identity: RunIdentity, settings: Settings) -> None: ...

    def open(self, plan: Sequence[ScenarioPlan]) -> None:
        """Make everything ready that the planned scenarios need.

        PartUnavailable names the sick part; ConfigurationError what the user can mend. Nothing is left running then.
        """

    def close(self, *, failed: bool, aborted: bool) -> bool:
        """Close what `open` opened, even after failures, and tell the user how it went; False if closing failed."""
