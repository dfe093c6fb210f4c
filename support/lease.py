"""What a process has of the system: a run has a lease, and each of its workers another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import __version__
from .core import Permit
from .environments import join
from .record import keep_logs, versions
from .system import Watchman, filled_clock
from .world import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .core import ScenarioIdentity
    from .doors import Browsers
    from .system import SystemClient, SystemDescription

_LINES: Final = 5_000
"""The most lines of a part's log that a failure looks through for its own."""


class Lease:
    """The use of a system that is up, until `close`; `tell` is told of each part that dies meanwhile."""

    def __init__(
        self, client: SystemClient, description: SystemDescription, profile: str, tell: Callable[[str], None]
    ) -> None:
        self._client, self._description, self._profile = client, description, profile
        self._logged = {name: log.stat().st_size for name, log in client.log_files().items()}
        self._watchman = Watchman(client.call, tell, restarts=description.profile(profile).restart)

    def another(self, run_id: str) -> Lease:
        """One for a process that was just forked; of parts that die, the watchman of its parent tells."""
        return Lease(join(self._client.folder, run_id), self._description, self._profile, lambda _words: None)

    @property
    def temporary(self) -> Path:
        """Where to write what is to be gone with this process, also with one that is killed."""
        return self._client.temporary

    @property
    def permit(self) -> Permit:
        """What may be done: drawn up by the control process, from the profile and from the system's own word."""
        return Permit(self._client.may, self._profile)

    @property
    def stopped(self) -> str:
        """Why the rest of the scenarios makes no sense; empty while it does."""
        return self._watchman.stopped

    def stage(self, browsers: Browsers, *, trace: bool) -> Stage:
        """What scenarios are lent of the system, beside these browsers."""
        client, description = self._client, self._description
        return Stage(
            addresses=client.addresses,
            secrets=client.secrets,
            origins=[client.addresses[part] for part in description.origins if part in client.addresses],
            browsers=browsers,
            call=client.call,
            health=client.health,
            permit=self.permit,
            clock=filled_clock(description, client.values),
            cause=self._watchman.cause,
            logs=lambda text: {part: client.logs(part, containing=text, last=_LINES) for part in client.log_files()},
            about={"system": description.name, "versions": versions(rehearsal=__version__)},
            trace=trace,
        )

    def heal(self, identity: ScenarioIdentity) -> None:
        """End the accidents of a scenario that cannot do so itself."""
        self._client.call("decisions.clear", run=identity.run.run_id, scenario=identity.scenario_id)

    def keep_logs(self, into: Path, clean: Callable[[str], str]) -> None:
        """Write what each part has said since the lease began to a file of this folder, cleaned of secrets."""
        keep_logs(self._client.log_files(), self._logged, into, clean)

    def close(self) -> None:
        """Give it back; RehearsalError says what could not be undone."""
        self._watchman.close()
        self._client.close()
