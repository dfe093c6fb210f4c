"""The world of one scenario: doors that open on first use, carry its identity outward, and close in reverse."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from urllib.parse import quote

from .core import (
    EVERYTHING,
    ConfigurationError,
    Evidence,
    Notes,
    PartUnavailable,
    Permit,
    RehearsalError,
    ScenarioIdentity,
    did_you_mean,
    sentence,
)
from .doors import (
    BrowserDoor,
    Browsers,
    CacheDoor,
    ClockDoor,
    DatabaseDoor,
    HttpDoor,
    MailboxDoor,
    MessagesDoor,
    surroundings,
)
from .faults import MeshFaults
from .telemetry import Telemetry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from .system import Clock

T = TypeVar("T")

_NO_CLOCK: Final = (
    "system.toml has no table [clock], so nobody can turn this system's clock. Add it, with a line such as url = "
    "'{mesh.url}/tenants/{tenant}/clock'. What else it says, and what must answer there, is in docs/reference/clock.md."
)


@dataclass(frozen=True)
class Stage:
    """What a run lends to each of its scenarios.

    `addresses` and `secrets` are by the names of system.toml; `origins` are the ones to which a browser may carry the
    identity; `call` asks the control process; `health` says of every part "ok" or what is wrong; `permit` is what the
    doors ask before they touch anything; `clock` is where the system's clock is turned; `cause` says which part has
    died since a moment and so explains an error. `logs` are the lines of each part's log that contain a text, `about`
    is what else is known of the environment (versions, say), `trace` whether browsers record what they do.
    """

    addresses: Mapping[str, str]
    secrets: Mapping[str, str]
    origins: Sequence[str]
    browsers: Browsers
    call: Callable[..., Any]
    health: Callable[[], Mapping[str, str]]
    permit: Permit = EVERYTHING
    clock: Clock | None = None
    cause: Callable[[float, Exception], RehearsalError | None] = lambda _since, _found: None
    logs: Callable[[str], Mapping[str, Sequence[str]]] = lambda _containing: {}
    about: Mapping[str, object] = field(default_factory=dict)
    trace: bool = True


class World:
    """Everything that one scenario may touch, and what it remembers.

    A door is asked for by the name that system.toml gives to the part: `world.http("orders")`. The same door is
    returned each time; `close` closes all of them, the last one opened first.
    """

    def __init__(self, identity: ScenarioIdentity, stage: Stage, evidence: Evidence) -> None:
        self.identity, self.evidence, self.notes = identity, evidence, Notes()
        self.opened_at = time.time()
        self._stage, self._step = stage, ""
        self._opened: dict[str, object] = {}
        self._closers: list[tuple[str, Callable[[], object]]] = []

    def browser(self) -> BrowserDoor:
        """A browser window of the scenario's own."""
        stage = self._stage
        return self._once(
            "browser",
            lambda: BrowserDoor(
                stage.browsers, self.identity, self.evidence,
                origins=stage.origins, permit=stage.permit, trace=stage.trace, step=self._step,
            ),
            BrowserDoor.close,
        )  # fmt: skip

    def http(self, part: str) -> HttpDoor:
        """HTTP to a service, or to the mesh in front of all."""
        return self._once(
            f"http {part}",
            lambda: HttpDoor(self.address(part), self.identity, self.evidence, permit=self._stage.permit),
            HttpDoor.close,
        )

    def database(self, part: str, name: str) -> DatabaseDoor:
        """Reading one database of a database server."""
        return self._once(
            f"database {part}/{name}",
            lambda: DatabaseDoor(f"{self._store(part)}/{name}", self.identity, self.evidence),
            DatabaseDoor.close,
        )

    def cache(self, part: str) -> CacheDoor:
        """Reading a cache."""
        return self._once(
            f"cache {part}", lambda: CacheDoor(self._store(part), self.identity, self.evidence), CacheDoor.close
        )

    def messages(self, part: str) -> MessagesDoor:
        """What was published through a broker."""
        return self._once(
            f"messages {part}",
            lambda: MessagesDoor(self._store(part), self.identity, self.evidence, permit=self._stage.permit),
            MessagesDoor.close,
        )

    def mailbox(self, part: str) -> MailboxDoor:
        """The mails that the system has sent."""
        return self._once(
            f"mailbox {part}", lambda: MailboxDoor(self._store(part), self.identity, self.evidence), MailboxDoor.close
        )

    def clock(self, tenant: str | None = None) -> ClockDoor:
        """The clock of a tenant, unsaid of the scenario's own; if it was turned, it is released with the scenario."""
        whose, stage = tenant or self.identity.tenant, self._stage
        stage.permit.demand("clock", f"turning the clock of {whose}")
        if stage.clock is None:
            raise ConfigurationError(_NO_CLOCK)
        url, authorization = stage.clock.url.replace("{tenant}", quote(whose, safe="")), stage.clock.authorization
        return self._once(
            f"clock {whose}",
            lambda: ClockDoor(url, self.identity, self.evidence, authorization=authorization, permit=stage.permit),
            ClockDoor.close,
        )

    def faults(self) -> MeshFaults:
        """Accidents that befall this scenario alone; they end with it."""
        self._stage.permit.demand("disturb", "arranging an accident")
        return self._once("faults", lambda: MeshFaults(self._stage.call), lambda faults: faults.heal(self.identity))

    def telemetry(self) -> Telemetry:
        """The spans that the system has reported."""
        return Telemetry(self._stage.call)

    def check_health(self) -> None:
        """Every part of the system is well; PartUnavailable names the first that is not, and how the others are."""
        sick = {part: state for part, state in self._stage.health().items() if state != "ok"}
        for part, state in sick.items():
            also = "; ".join(f"also {other}: {how}" for other, how in sick.items() if other != part)
            raise PartUnavailable(part, sentence(state, also))

    def action(self, title: str) -> AbstractContextManager[None]:
        """Name what a task does meanwhile, such as "charge the card": the report shows it under the step."""
        return self.evidence.action(title)

    def address(self, part: str) -> str:
        """The URL of a part, by its name in system.toml."""
        return _named("part", part, self._stage.addresses)

    def secret(self, name: str) -> str:
        """A secret of the system, by its name in system.toml."""
        return _named("secret", name, self._stage.secrets)

    def cause_of(self, found: Exception) -> Exception:
        """What is behind a step's error: what the browser was not permitted to send, a part that died, or itself."""
        browser = self._window()
        if browser is not None and browser.refused:
            return RehearsalError(sentence(str(browser.refused[0]), f"What the step then found: {found}"))
        found = found if browser is None else browser.cause_of(found)
        return self._stage.cause(self.opened_at, found) or found

    def seen(self) -> str:
        """One sentence on what the customer sees at this moment; empty if no browser is open."""
        browser = self._window()
        return browser.seen() if browser is not None else ""

    def step_began(self, title: str) -> None:
        """Let recordings tell what happens from now on under the step's words."""
        self._step = title
        if (browser := self._window()) is not None:
            browser.step_began(title)

    def capture_failure(self) -> None:
        """Keep what one needs to understand a failure: what the customer sees, the system's logs, the environment."""
        if (browser := self._window()) is not None:
            browser.capture_failure()
        stage, doors = self._stage, self._opened
        clocks = [each.turned_to for each in doors.values() if isinstance(each, ClockDoor) and each.turned_to]
        facts = {"profile": stage.permit.profile, **stage.about, "tenant": self.identity.tenant, "clock": clocks}
        rules = stage.call if "faults" in doors else None
        for exhibit in surroundings(self.identity, facts, stage.addresses, stage.logs, rules):
            self.evidence.keep(exhibit)

    def close(self) -> None:
        """Close all doors and end all accidents, last opened first, each whatever became of the others.

        RehearsalError names everything that did not close.
        """
        closers, self._closers, self._opened = self._closers, [], {}
        faults = [fault for name, close in reversed(closers) if (fault := _closing_fault(name, close))]
        if faults:
            msg = f"The scenario did not close cleanly: {'; '.join(faults)}."
            raise RehearsalError(msg)

    def _window(self) -> BrowserDoor | None:
        return cast("BrowserDoor | None", self._opened.get("browser"))

    def _store(self, part: str) -> str:
        """The URL of a store, into which nobody looks without being permitted to."""
        self._stage.permit.demand("read", f"looking into {part}")
        return self.address(part)

    def _once(self, name: str, build: Callable[[], T], close: Callable[[T], object]) -> T:
        if name not in self._opened:
            opened = self._opened[name] = build()
            self._closers.append((name, lambda: close(opened)))
        return cast("T", self._opened[name])


def _closing_fault(name: str, close: Callable[[], object]) -> str:
    try:
        close()
    except Exception as error:  # noqa: BLE001 - the other doors must close whatever this one says
        return f"{name}: {error or type(error).__name__}"
    return ""


def _named(kind: str, name: str, known: Mapping[str, str]) -> str:
    if name in known:
        return known[name]
    msg = sentence(f"system.toml has no {kind} {name!r} in this profile.", did_you_mean(name, known))
    raise ConfigurationError(msg)
