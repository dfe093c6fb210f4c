"""Whether what `system.toml` names exists: parts, services and names in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import did_you_mean, sentence
from ._clock import clock_faults
from ._profile_faults import profile_faults, unknown
from ._templates import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._model import Part, SystemDescription

SERVICE_NAMES: Final = ("host", "port", "python")
"""Names in braces that are a service's own."""

MORE_ADDRESSES: Final = {"mailbox": ("smtp",), "envoy": ("admin",)}
_DOES_NOTHING_WITHOUT: Final = {"retry_budget": "retries", "base_ejection_time": "consecutive_gateway_failures"}


def reference_faults(description: SystemDescription) -> Iterator[str]:
    """Everything that names something which is not there, and every circle of needs."""
    yield from unknown("system.origins", description.origins, set(description.parts), "part")
    yield from _part_faults(description, description.parts.values(), "parts")
    yield from _circles(description, "parts")
    yield from clock_faults(description, _names(description))
    for profile in description.profiles.values():
        where, under = f"profiles.{profile.name}", description.under(profile.name)
        yield from profile_faults(under, profile, where)
        yield from _part_faults(under, profile.parts.values(), f"{where}.parts")
        if profile.parts:
            yield from _circles(under, f"{where}.parts")


def _part_faults(description: SystemDescription, parts: Iterable[Part], where: str) -> Iterator[str]:
    known, services = set(description.parts), {part.name for part in description.of_kind("service")}
    for part in parts:
        here = f"{where}.{part.name}"
        yield from unknown(f"{here}.needs", part.needs, known, "part")
        yield from unknown(f"{here}.calls", part.calls, services, "service")
        yield from unknown(f"{here}.routes", part.routes.values(), services, "service")
        yield from _idle_keys(description, part, here)
        yield from _bad_names(description, part, here)
    if len(description.of_kind("envoy")) > 1:
        yield f"{where}: there is more than one mesh; expected one part of kind 'envoy' at most."


def _idle_keys(description: SystemDescription, part: Part, here: str) -> Iterator[str]:
    mesh = description.mesh
    whole = {**(mesh.traffic if mesh else {}), **part.traffic}
    for key, other in _DOES_NOTHING_WITHOUT.items():
        if key in part.traffic and other not in whole:
            yield f"{here}.traffic.{key}: does nothing without {other}."


def _bad_names(description: SystemDescription, part: Part, here: str) -> Iterator[str]:
    known = {*SERVICE_NAMES, "guests.url", *_names(description)}
    texts = [("command", text) for text in part.command]
    texts += [(f"environment.{variable}", text) for variable, text in part.environment.items()]
    for where, text in texts:
        for name in names_in(text):
            if name not in known:
                hint = did_you_mean(name, known)
                yield sentence(f"{here}.{where}: {{{name}}} stands for nothing.", hint)


def _names(description: SystemDescription) -> set[str]:
    """The names in braces that stand for an address of a part, or for a secret."""
    addresses = {
        f"{part.name}.{attribute}"
        for part in description.parts.values()
        for attribute in ("url", "address", *MORE_ADDRESSES.get(part.kind, ()))
    }
    return addresses | {f"secrets.{name}" for name in description.secrets}


def _circles(description: SystemDescription, where: str) -> Iterator[str]:
    ready: set[str] = set()
    waiting = dict(description.parts)
    while free := [name for name, part in waiting.items() if not set(part.needs) & set(waiting)]:
        ready.update(free)
        for name in free:
            del waiting[name]
    if waiting:
        yield f"{where}: {', '.join(sorted(waiting))} need each other in a circle, so none can be started first."
