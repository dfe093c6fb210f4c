"""The system under test as `system.toml` describes it: plain values, checked when they were read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from ..core import CAPABILITIES, HARMLESS, ConfigurationError, did_you_mean, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEST: Final = "test"
"""The mark of an environment that may be written to, disturbed and loaded."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the system: its name, its kind, and what its kind may be told (see `_schema.KINDS`).

    `calls` are the services that a service reaches as `http://<name>.mesh`; `needs` must be ready before it is started.
    `version` says where its version is told: "/healthz#/version", a path and a pointer into the JSON answer. `traffic`
    is how the mesh guards the way to a service, or (of the mesh) to every service (see `_schema.TRAFFIC`).
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
    version: str = ""
    watch: tuple[str, ...] = ()
    traffic: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is kept out of reports beside what always is (see `core.Redactor`).

    `fields` are words of names that are secret, `personal` names that are so as a whole, `kept` names that are not;
    `patterns` are regular expressions of values.
    """

    fields: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """How the system itself is asked which kind of environment it is: a JSON answer, a pointer into it, the word."""

    url: str
    pointer: str
    expected: str = TEST


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the system's clock is turned, and what is sent as `Authorization`; both may hold names in braces."""

    url: str
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to have the system: started by us, or used where it stands.

    Without `addresses` every part is started; with them only those that `start` names. `marked` says what kind of
    environment it is; only "test" may be written to, disturbed or loaded. `may` is what is granted (see `grants`).
    `parts` and `secrets` are those that are other than in the rest of the file; `versions` says of which version parts
    must be.
    """

    name: str
    marked: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    start: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    restart: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def grants(self) -> frozenset[str]:
        """What may be done: as said; unsaid, everything to a test environment that we start, else only reading."""
        if self.may:
            return frozenset(self.may)
        return frozenset(CAPABILITIES) if self.marked == TEST and not self.addresses else HARMLESS

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
    redaction: Redaction
    parts: Mapping[str, Part]
    profiles: Mapping[str, Profile]
    preload: tuple[str, ...] = ()
    marker: Marker | None = None
    clock: Clock | None = None

    def under(self, profile: str) -> SystemDescription:
        """The system as that profile has it: with its parts and secrets in place of those of the same names."""
        chosen = self.profile(profile)
        return replace(self, parts={**self.parts, **chosen.parts}, secrets={**self.secrets, **chosen.secrets})

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
