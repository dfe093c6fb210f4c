"""What the control process hosts beside the system's parts, given to it as values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ..core import Permit


@dataclass(frozen=True, slots=True)
class LeaseInfo:
    """A client's right to use the system: it ends with the client's connection, however that ends.

    `addresses` are those of the system's parts; `permit` is asked before anything is disturbed or cleared; `last` says
    of one that has ended whether its run holds no other. What `temporary` holds goes with the lease.
    """

    lease_id: str
    run_id: str
    addresses: Mapping[str, str] = field(default_factory=dict)
    permit: Permit = field(default_factory=Permit)
    last: bool = True
    temporary: Path = Path()


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request to a guest: the names of headers are in lower case, `path` is without the query."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


HttpResponse = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body."""

HttpHandler = Callable[[HttpRequest], Awaitable[HttpResponse]]

Handler = Callable[[LeaseInfo, dict[str, Any]], Awaitable[object]]
"""Answers one JSON-RPC method with a JSON value."""


class Guest(Protocol):
    """Something hosted by the control process. All its functions run on one event loop."""

    @property
    def name(self) -> str:
        """What it is called in the log."""

    def methods(self) -> Mapping[str, Handler]:
        """The JSON-RPC methods that it answers: "decisions.add" and the like."""

    def routes(self) -> Mapping[str, HttpHandler]:
        """The HTTP paths, and all below them, that it answers."""

    async def lease_ended(self, lease: LeaseInfo) -> None:
        """Undo what was done under that lease."""
