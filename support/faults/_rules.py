"""What shall happen to requests: a rule for one scenario on one edge, and whose requests it is for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from ..core import ConfigurationError, did_you_mean, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final = ("unreachable", "delay", "hold")


@dataclass(slots=True)
class Rule:
    """One accident; `times` is how many requests it befalls (None: all), `hits` how many it has befallen.

    `hold` keeps a request until it is released; `seconds` is the length of a delay.
    """

    rule_id: str
    lease_id: str
    run: str
    scenario: str
    edge: str
    kind: str
    times: int | None = None
    seconds: float = 0.0
    hits: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def befalls(self, run: str, scenario: str, edge: str) -> bool:
        """Whether a request of that scenario on that edge meets this accident."""
        worn_out = self.released.is_set() or (self.times is not None and self.hits >= self.times)
        return not worn_out and (run, scenario, edge) == (self.run, self.scenario, self.edge)

    def told(self) -> dict[str, Any]:
        """The rule as a JSON value."""
        shown = ("rule_id", "run", "scenario", "edge", "kind", "times", "seconds", "hits")
        return {name: getattr(self, name) for name in shown}


def rule_from(params: Mapping[str, Any], rule_id: str, lease_id: str) -> Rule:
    """A new rule from the parameters of a call; ConfigurationError for a kind that there is not."""
    kind = str(params["kind"])
    if kind not in KINDS:
        raise ConfigurationError(sentence(f"No accident of the mesh is called {kind!r}.", did_you_mean(kind, KINDS)))
    times = params.get("times")
    return Rule(
        rule_id=rule_id,
        lease_id=lease_id,
        run=str(params["run"]),
        scenario=str(params["scenario"]),
        edge=f"{params['caller']}->{params['callee']}",
        kind=kind,
        times=None if times is None else int(times),
        seconds=float(params.get("seconds", 0)),
    )


def sender(baggage: str) -> tuple[str, str]:
    """The run and the scenario that the baggage names; empty where it names none."""
    pairs = (member.partition(";")[0].partition("=") for member in baggage.split(","))
    members = {key.strip(): unquote(value.strip()) for key, _, value in pairs}
    return members.get("rehearsal.run", ""), members.get("rehearsal.scenario", "")
