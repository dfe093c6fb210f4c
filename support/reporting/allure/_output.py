"""What was printed and logged, without what behave puts around it and says again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...record import ScenarioRecord, StepRecord

_HEAD: Final = re.compile(r"^CAPTURED (STDOUT|STDERR|LOG): ?(.*)$", re.MULTILINE)
_REPEATED: Final = ("ASSERT FAILED:", "ERROR:")


def printed(step: StepRecord) -> str:
    """What a step has printed and logged; empty if that is only its error, which behave adds to what it captures."""
    return "\n\n".join(
        f"{channel}:\n{text}" for channel, _, text in _parts(step.output) if not text.startswith(_REPEATED)
    )


def printed_around(scenario: ScenarioRecord) -> str:
    """What the hooks of a scenario have printed and logged, without what stands at its steps."""
    of_steps = "\n".join(step.output for step in scenario.steps)
    return "\n\n".join(
        f"{place or channel}:\n{text}" for channel, place, text in _parts(scenario.output) if text not in of_steps
    )


def _parts(output: str) -> Iterator[tuple[str, str, str]]:
    """Channel, place and text; all of it as one part if it is not as behave writes it."""
    if not output:
        return
    plain = "\n".join(line for line in output.splitlines() if line != "----")
    words = _HEAD.split(plain)
    if len(words) == 1:
        yield "output", "", plain.strip()
    for channel, place, text in zip(words[1::3], words[2::3], words[3::3], strict=True):
        if text.strip():
            yield channel.lower(), place, text.strip()
