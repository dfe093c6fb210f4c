"""How the clock of a system is reached: what `[clock]` names must be there, and is filled in but for the tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import did_you_mean, sentence
from ._model import Clock
from ._templates import fill, names_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ._model import Profile, SystemDescription

TENANT: Final = "tenant"


def clock_faults(description: SystemDescription, names: Collection[str]) -> Iterator[str]:
    """What the table names that is not there, and whom no profile reaches that may turn the clock."""
    clock = description.clock
    if clock is None:
        return
    for key, text, known in (("url", clock.url, {*names, TENANT}), ("authorization", clock.authorization, set(names))):
        for name in names_in(text):
            if name not in known:
                yield sentence(f"clock.{key}: {{{name}}} stands for nothing.", did_you_mean(name, known))
    for profile in description.profiles.values():
        yield from _unreached(description, clock, profile)


def filled_clock(description: SystemDescription, values: Mapping[str, str]) -> Clock | None:
    """The clock of a started or found system, or None; `{tenant}` in its URL is left for each scenario to fill.

    None, too, where a part that it names has no address: only a profile that may not turn it is written so.
    """
    clock = description.clock
    values = {**values, TENANT: f"{{{TENANT}}}"}
    if clock is None or not set(names_in(clock.url)) <= set(values):
        return None
    return Clock(fill(clock.url, values), fill(clock.authorization, values))


def _unreached(description: SystemDescription, clock: Clock, profile: Profile) -> Iterator[str]:
    if "clock" not in profile.grants:
        return
    where = f"profiles.{profile.name}"
    for name in names_in(clock.url):
        part = name.partition(".")[0]
        if part in description.parts and not profile.starts(part) and part not in profile.addresses:
            yield f"{where}: [clock] is at {part}, which has no address here. Give it one under {where}.addresses."
