"""Who is asking: the identity that a run and a scenario carry through every door.

W3C Trace Context and W3C Baggage (https://www.w3.org/TR/trace-context/, https://www.w3.org/TR/baggage/) carry it, so a
system that passes them on (every system with OpenTelemetry does) needs to know nothing of Rehearsal.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._scope import ScenarioPlan

IDENTITY_BAGGAGE: Final = ("rehearsal.run", "rehearsal.scenario", "rehearsal.attempt")
"""The baggage keys by which spans, log lines, events and mesh requests are told apart."""


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """One run: an id of 8 lower-case letters and digits that no other run has, and the seed of its data and order.

    `shard` says which part of a whole it is, such as 2/5 (empty: all of it), and `cut` is the same for the parts of one
    whole that was cut in one way. `elsewhere` is what the other shards run, by their names.
    """

    run_id: str
    seed: int
    shard: str = ""
    cut: str = ""
    elsewhere: Mapping[str, Sequence[ScenarioPlan]] = field(default_factory=dict, compare=False)


def new_run(seed: int | None = None) -> RunIdentity:
    """A new run, with the given seed or one drawn by chance (0 to 999,999, short enough to type)."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    run_id = secrets.choice(alphabet[:23]) + "".join(secrets.choice(alphabet) for _ in range(7))
    return RunIdentity(run_id, secrets.randbelow(1_000_000) if seed is None else seed)


@dataclass(frozen=True, slots=True)
class ScenarioIdentity:
    """One attempt at one scenario of one run.

    `scenario_id` is the same in every run (see `stable_id`); everything else follows from it and the run, so that any
    worker that is handed the same scenario derives the same identity.
    """

    run: RunIdentity
    scenario_id: str
    attempt: int = 1

    @property
    def seed(self) -> int:
        """The seed of this scenario's data: the same with any order and any number of jobs."""
        return int.from_bytes(_digest(str(self.run.seed), self.scenario_id)[:6], "big")

    @property
    def trace_id(self) -> str:
        """The one trace of this attempt: 32 lower-case hexadecimal digits."""
        return _digest(self.run.run_id, self.scenario_id, str(self.attempt))[:16].hex()

    @property
    def tenant(self) -> str:
        """A key that no other attempt of any run has: it begins with the run's, so that a run's leftovers are found."""
        return f"{self.run.run_id}-{_digest(self.scenario_id).hex()[:8]}-{self.attempt}"

    def baggage(self) -> str:
        """The value of the `baggage` header."""
        values = (self.run.run_id, self.scenario_id, str(self.attempt))
        return ",".join(f"{key}={quote(value)}" for key, value in zip(IDENTITY_BAGGAGE, values, strict=True))

    def traceparent(self) -> str:
        """The value of a `traceparent` header for one request: the scenario's trace, a parent of its own, sampled."""
        return f"00-{self.trace_id}-{secrets.token_hex(8)}-01"

    def headers(self) -> dict[str, str]:
        """The headers for one request or message."""
        return {"traceparent": self.traceparent(), "baggage": self.baggage()}


def stable_id(
    feature: str, rule: str, scenario: str, row: Mapping[str, str] | None = None, *, given: str | None = None
) -> str:
    """An id that stays while the promise stays: 12 hexadecimal digits, or the given one.

    It is drawn from the feature's path, the names of rule and scenario and the *contents* of an outline's row, so that
    reordering, other rows and other scenarios leave it alone. `given` (the tag `@id:...`) replaces path and names, and
    so survives renaming and moving too.
    """
    cells = [f"{heading}={value}" for heading, value in sorted((row or {}).items())]
    if given is None:
        return _digest(feature, rule, scenario, *cells).hex()[:12]
    return f"{given}-{_digest(*cells).hex()[:6]}" if cells else given


def _digest(*words: str) -> bytes:
    return hashlib.sha256("\x00".join(words).encode()).digest()
