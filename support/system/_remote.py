"""Parts that are not started but stand at an address: whether they answer, and are of the version expected."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..core import PartUnavailable, sentence
from ._answers import LIMIT, Unanswered, status_of, word_at

if TYPE_CHECKING:
    from ._model import Profile, SystemDescription

_PORTS: Final = {
    "http": 80, "https": 443, "postgresql": 5432, "nats": 4222, "valkey": 6379, "redis": 6379, "smtp": 25,
}  # fmt: skip


class Remote:
    """The parts of a profile that have addresses: asked before the first scenario, and whenever health is asked for."""

    def __init__(self, description: SystemDescription, profile: Profile) -> None:
        self._parts, self._versions = description.parts, profile.versions
        self._addresses = {name: url for name, url in profile.addresses.items() if not profile.starts(name)}

    async def check(self) -> None:
        """PartUnavailable names the first part that is not as expected, its address, and all others like it."""
        sick = {name: state for name, state in (await self.health()).items() if state != "ok"}
        for name, state in sick.items():
            also = "; ".join(f"also {other}: {how}" for other, how in sick.items() if other != name)
            raise PartUnavailable(name, sentence(f"{state}.", f"{also}." if also else ""))

    async def health(self) -> dict[str, str]:
        """For every part with an address "ok", or what is wrong with it."""
        states = await asyncio.gather(*(self._state(name, url) for name, url in self._addresses.items()))
        return dict(zip(self._addresses, states, strict=True))

    async def _state(self, name: str, url: str) -> str:
        try:
            await self._answers(url)
            return await asyncio.to_thread(self._told, name, url)
        except Unanswered as error:
            return f"{url} {error}"

    async def _answers(self, url: str) -> None:
        """Something accepts connections there."""
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
        if not parts.hostname or not port:
            msg = "has no port; write it into the address"
            raise Unanswered(msg)
        try:
            async with asyncio.timeout(LIMIT):
                _, writer = await asyncio.open_connection(parts.hostname, port)
        except TimeoutError:
            msg = f"does not answer within {LIMIT:g} s"
            raise Unanswered(msg) from None
        except OSError as error:
            msg = f"does not answer ({error.strerror or error})"
            raise Unanswered(msg) from None
        writer.close()

    def _told(self, name: str, url: str) -> str:
        """What the part itself says of its health and version."""
        part, expected = self._parts.get(name), self._versions.get(name)
        if part is None:
            return "ok"
        if part.health and (status := status_of(f"{url.rstrip('/')}{part.health}")) != HTTPStatus.OK:
            return f"{url.rstrip('/')}{part.health} answers {status}, expected 200"
        if expected:
            path, _, pointer = part.version.partition("#")
            found = word_at(f"{url.rstrip('/')}{path}", pointer)
            if found != expected:
                return f"{url} is of version '{found}', expected '{expected}'"
        return "ok"
