"""Whether a profile can be had: its addresses, what it grants, how it is asked which environment it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..core import CAPABILITIES, HARMLESS, did_you_mean, sentence
from ._model import TEST
from ._schema import found
from ._templates import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._model import Profile, SystemDescription


def profile_faults(description: SystemDescription, profile: Profile, where: str) -> Iterator[str]:
    """Everything that is wrong with one profile; the description is as the profile has it."""
    parts = set(description.parts)
    yield from unknown(f"{where}.addresses", (name.partition(".")[0] for name in profile.addresses), parts, "part")
    yield from _bad_addresses(f"{where}.addresses", profile.addresses.items())
    yield from unknown(f"{where}.start", profile.start, parts, "part")
    yield from unknown(f"{where}.may", profile.may, set(CAPABILITIES), "capability")
    yield from _bad_versions(description, profile, where)
    yield from _unmarked(description, profile, where)


def unknown(where: str, names: Iterable[str], known: set[str], what: str) -> Iterator[str]:
    """A fault for each name that is not known, with the nearest one that is."""
    for name in names:
        if name not in known:
            yield sentence(f"{where}: no {what} is called {name!r}.", did_you_mean(name, known))


def _bad_addresses(where: str, addresses: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, url in addresses:
        if not (urlsplit(url).scheme and urlsplit(url).netloc):
            yield f"{where}.{name}: {found(name, url)}; expected a URL such as 'https://shop.staging.example'."


def _bad_versions(description: SystemDescription, profile: Profile, where: str) -> Iterator[str]:
    yield from unknown(f"{where}.versions", profile.versions, set(description.parts), "part")
    for name in profile.versions:
        part = description.parts.get(name)
        if part and not re.fullmatch(r"/[^#]*#(/.*)?", part.version):
            is_now = f"is {part.version!r}" if part.version else "is missing"
            yield f"parts.{name}.version: {is_now}; expected a path and a pointer, such as '/healthz#/version'."


def _unmarked(description: SystemDescription, profile: Profile, where: str) -> Iterator[str]:
    """What is not harmless needs a mark, and a system that we do not start must bear it out by its own word."""
    asked = [capability for capability in profile.may if capability in set(CAPABILITIES) - HARMLESS]
    if asked and profile.marked != TEST:
        yield f"{where}.may: grants {', '.join(asked)}, but the profile is not marked = '{TEST}'."
    if profile.marked != TEST:
        return
    if description.marker is None:
        if profile.addresses:
            yield f"{where}: is marked '{TEST}' and has addresses; a table [marker] must say how the system is asked."
        return
    for name in names_in(description.marker.url):
        part = name.partition(".")[0]
        if part not in description.parts:
            yield sentence(f"marker.url: {{{name}}} stands for nothing.", did_you_mean(part, description.parts))
        elif not profile.starts(part) and part not in profile.addresses:
            yield f"{where}: [marker] asks {part}, which has no address here. Give it one under {where}.addresses."
