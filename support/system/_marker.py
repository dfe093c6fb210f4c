"""What may be done to a system: what its profile grants, if the system itself bears out that it is one for tests.

This is the one place where it is decided. The control process asks at every lease, before anything can have been done
under it, and both sides keep to the answer: the guests that disturb and clear here, the doors in the run.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..core import HARMLESS, ConfigurationError
from ._answers import Unanswered, word_at
from ._model import TEST
from ._templates import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._model import Marker, Profile, SystemDescription


async def granted(description: SystemDescription, profile: Profile, values: Mapping[str, str]) -> frozenset[str]:
    """The capabilities of a run; ConfigurationError if the profile says 'test' and the system does not.

    `values` are what names in braces stand for. Nothing but one GET has happened when this returns or raises.
    """
    if profile.marked != TEST:
        return profile.grants & HARMLESS
    if description.marker is not None:
        await asyncio.to_thread(_confirm, description.marker, profile, values)
    return profile.grants


def _confirm(marker: Marker, profile: Profile, values: Mapping[str, str]) -> None:
    url = fill(marker.url, values)
    try:
        found = word_at(url, marker.pointer)
    except Unanswered as error:
        raise _refusal(profile, f"{url} {error}, where {marker.pointer} should be '{marker.expected}'") from None
    if found != marker.expected:
        told = f"{url} says that its {marker.pointer} is '{found}', expected '{marker.expected}'"
        raise _refusal(profile, told)


def _refusal(profile: Profile, told: str) -> ConfigurationError:
    return ConfigurationError(
        f"Refused, and nothing was touched: the profile '{profile.name}' is marked as a test environment, but {told}. "
        f"Correct the addresses in system.toml, or take the mark away: then only reading is granted."
    )
