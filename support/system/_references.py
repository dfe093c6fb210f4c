"""Whether what `system.toml` names exists: parts, services and names in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..core import did_you_mean, sentence
from ._templates import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._model import Part, SystemDescription

SERVICE_NAMES: Final = ("host", "port", "python")
"""Names in braces that are a service's own."""

_MORE_ADDRESSES: Final = {"mailbox": ("smtp",), "envoy": ("admin",)}


def reference_faults(description: SystemDescription) -> Iterator[str]:
    """Everything that names something which is not there, and every circle of needs."""
    parts, services = set(description.parts), {part.name for part in description.of_kind("service")}
    yield from _unknown("system.origins", description.origins, parts, "part")
    for profile in description.profiles.values():
        where = f"profiles.{profile.name}.addresses"
        yield from _unknown(where, (name.partition(".")[0] for name in profile.addresses), parts, "part")
        yield from _bad_addresses(where, profile.addresses.items())
        yield from _unknown(f"profiles.{profile.name}.start", profile.start, parts, "part")
    for part in description.parts.values():
        where = f"parts.{part.name}"
        yield from _unknown(f"{where}.needs", part.needs, parts, "part")
        yield from _unknown(f"{where}.calls", part.calls, services, "service")
        yield from _unknown(f"{where}.routes", part.routes.values(), services, "service")
        yield from _bad_names(description, part)
    if len(description.of_kind("envoy")) > 1:
        yield "parts: there is more than one mesh; expected one part of kind 'envoy' at most."
    yield from _circles(description)


def _unknown(where: str, names: Iterable[str], known: set[str], what: str) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield sentence(f"{where}: no {what} is called {name!r}.", did_you_mean(name, known))


def _bad_addresses(where: str, addresses: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, url in addresses:
        if not (urlsplit(url).scheme and urlsplit(url).netloc):
            yield f"{where}.{name}: is {url!r}; expected a URL such as 'https://shop.staging.example'."


def _bad_names(description: SystemDescription, part: Part) -> Iterator[str]:
    known = {*SERVICE_NAMES, "guests.url", *(f"secrets.{name}" for name in description.secrets)}
    for other in description.parts.values():
        attributes = ("url", "address", *_MORE_ADDRESSES.get(other.kind, ()))
        known |= {f"{other.name}.{attribute}" for attribute in attributes}
    texts = [("command", text) for text in part.command]
    texts += [(f"environment.{variable}", text) for variable, text in part.environment.items()]
    for where, text in texts:
        for name in names_in(text):
            if name not in known:
                hint = did_you_mean(name, known)
                yield sentence(f"parts.{part.name}.{where}: {{{name}}} stands for nothing.", hint)


def _circles(description: SystemDescription) -> Iterator[str]:
    ready: set[str] = set()
    waiting = dict(description.parts)
    while free := [name for name, part in waiting.items() if not set(part.needs) & set(waiting)]:
        ready.update(free)
        for name in free:
            del waiting[name]
    if waiting:
        yield f"parts: {', '.join(sorted(waiting))} need each other in a circle, so none of them can be started first."
