"""Where one system is being set up: what its servers share, and what a server of any kind must be able to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ._ports import Ports

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from ._model import SystemDescription
    from ._processes import Launch


@dataclass(frozen=True, slots=True)
class Site:
    """The folder, ports, secrets and names of one system; `values` are what names in braces stand for.

    `hosted` are the paths that the guests of the control process serve at `guests_url`.
    """

    description: SystemDescription
    folder: Path
    guests_url: str
    hosted: Collection[str] = ()
    ports: Ports = field(default_factory=Ports)
    values: dict[str, str] = field(default_factory=dict)

    def log(self, part: str) -> Path:
        """The log file of a part."""
        return self.folder / "logs" / f"{part}.log"


class Server(Protocol):
    """A part that we start."""

    def addresses(self) -> Mapping[str, str]:
        """Its URLs: the part's name, and `<name>.<other>` for further ones; known before it is started."""

    async def prepare(self) -> None:
        """Make what it finds when it starts."""

    def launch(self) -> Launch:
        """How to start it."""

    async def probe(self) -> None:
        """Ask it for an answer in its own protocol; OSError or EOFError while it gives none."""
