"""The system under test as `system.toml` describes it: plain values, checked when they were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core import ConfigurationError, did_you_mean, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the system: its name, its kind, and what its kind may be told (see `_schema.KINDS`).

    `calls` are the services that a service reaches as `http://<name>.mesh`; `needs` must be ready before it is started.
    """

    name: str
    kind: str
    needs: tuple[str, ...] = ()
    ready_within: float = 20.0
    databases: tuple[str, ...] = ()
    routes: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    health: str = ""
    calls: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to have the system: started by us, or used where it stands.

    Without `addresses` every part is started; with them only those that `start` names. `marked` says what kind of
    environment it is; only "test" may be written to, disturbed or loaded.
    """

    name: str
    marked: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    start: tuple[str, ...] = ()

    def starts(self, part: str) -> bool:
        """Whether the part is started by us."""
        return part in self.start if self.addresses else True


@dataclass(frozen=True, slots=True)
class SystemDescription:
    """The whole of `system.toml`."""

    path: Path
    name: str
    tenant_column: str
    origins: tuple[str, ...]
    secrets: Mapping[str, str]
    redacted_fields: tuple[str, ...]
    parts: Mapping[str, Part]
    profiles: Mapping[str, Profile]

    def profile(self, name: str) -> Profile:
        """The profile of that name; ConfigurationError with the nearest known one."""
        if name in self.profiles:
            return self.profiles[name]
        raise ConfigurationError(
            sentence(f"No profile is called {name!r} in {self.path}.", did_you_mean(name, self.profiles))
        )

    def of_kind(self, kind: str) -> tuple[Part, ...]:
        """The parts of one kind, in the order of the file."""
        return tuple(part for part in self.parts.values() if part.kind == kind)

    @property
    def mesh(self) -> Part | None:
        """The mesh in front of and between the services, if there is one."""
        return next(iter(self.of_kind("envoy")), None)
