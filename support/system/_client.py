"""The run's side of the control process: start or attach, hold a lease, ask, give the lease back."""

from __future__ import annotations

import contextlib
import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from ..core import ConfigurationError, PartUnavailable, RehearsalError, did_you_mean, sentence, wait_until
from . import _folder
from ._detached import Detached
from ._folder import CONTROL
from ._secrets import secrets_of
from ._services import own_path
from ._talk import Talk
from ._templates import values_of
from ._words import last_lines, told_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ._model import SystemDescription

_CONTROL_STARTS_WITHIN: Final = 15.0
_STOPS_WITHIN: Final = 15.0
_HEALTH_WITHIN: Final = 3.0


class SystemClient:
    """A lease on a started system: its addresses (part -> URL), its secrets, its folder; `may` is what may be done.

    What is written to `temporary` is gone when the lease is, however that ends. Usable from any thread.

    A forked child has no part in the lease: its copy of the connection is closed, so that the lease ends with the
    process that took it.
    """

    def __init__(self, folder: Path, talk: Talk, process: Detached | None = None) -> None:
        self.folder = folder
        self.addresses: Mapping[str, str] = {}
        self.secrets: Mapping[str, str] = {}
        self.may: frozenset[str] = frozenset()
        self.temporary = Path()
        self._talk, self._process = talk, process
        self._log = (folder / "logs" / f"{CONTROL}.log").open("rb")  # readable also when it has been removed
        self._pid = os.getpid()
        _CLIENTS.add(self)

    @classmethod
    def start(
        cls,
        description: SystemDescription,
        *,
        profile: str,
        run_id: str,
        argv: Sequence[str],
        owned: bool = True,
        progress: Callable[[str], None],
    ) -> Self:
        """Start a system and take a lease on it; PartUnavailable names the sick part, and nothing is left then.

        `argv` runs the control process; what it shall control is added: `--description`, `--profile`, `--folder` and
        `--owned` or `--kept`. An owned system ends with this lease, a kept one by `stop`.
        """
        secrets_of(description.under(profile))  # told before anything is started
        folder = _folder.owned_folder(description) if owned else _folder.kept_folder(description, profile)
        told = ("--description", str(description.path), "--profile", profile, "--folder", str(folder))
        if _folder.is_held(folder):
            raise _is_up(description, profile)
        process = Detached((*argv, *told, "--owned" if owned else "--kept"), {**os.environ, **own_path()})
        try:
            client = cls(folder, _reached(folder, process), process if owned else None)
            client._take(run_id, progress)
        except BaseException:
            process.end()
            _folder.remove_if_free(folder)
            raise
        process.let_go()
        return client

    @classmethod
    def attach(cls, description: SystemDescription, *, profile: str, run_id: str) -> Self | None:
        """A lease on the kept system of this description, or None if none is up."""
        folder = _folder.kept_folder(description, profile)
        return cls.join(folder, run_id=run_id)

    @classmethod
    def join(cls, folder: Path, *, run_id: str) -> Self | None:
        """A lease of its own on the system of that folder (for workers of a run), or None if it is not up."""
        talk = Talk.with_system(folder)
        if talk is None:
            return None
        client = cls(folder, talk)
        client._take(run_id, lambda _text: None)
        return client

    @property
    def values(self) -> Mapping[str, str]:
        """What the names in braces of `system.toml` stand for here: `mesh.url`, `secrets.operator_key` and so on."""
        secrets = {f"secrets.{name}": value for name, value in self.secrets.items()}
        return {**dict(values_of(self.addresses)), **secrets}

    def value(self, name: str) -> str:
        """What one of these names stands for; ConfigurationError with the nearest name if nothing is called so."""
        try:
            return self.values[name]
        except KeyError:
            raise ConfigurationError(
                sentence(f"Nothing is called {name!r} here.", did_you_mean(name, self.values))
            ) from None

    def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - any JSON value
        """The answer of the control process; its errors are raised as what they were there."""
        if self._pid != os.getpid():
            msg = "This process was forked from the one that holds the lease. Let it `join` the system's folder."
            raise RehearsalError(msg)
        try:
            return self._talk.ask(method, params)
        except OSError as error:
            raise self._gone(error) from error

    def health(self) -> Mapping[str, str]:
        """For every started part "ok" or what is wrong with it, within 3 s."""
        try:
            answer: dict[str, str] = self._talk.ask("system.health", {}, limit=_HEALTH_WITHIN)
        except OSError as error:
            gone = self._gone(error)
            return {gone.part: gone.reason}
        return answer

    def log_files(self) -> Mapping[str, Path]:
        """The logs that there are, by the names that `logs` knows; none of a system that stands elsewhere."""
        return {log.stem: log for log in sorted((self.folder / "logs").glob("*.log"))}

    def logs(self, part: str, *, containing: str = "", last: int = 200) -> list[str]:
        """The last lines of a part's log, of those that contain a text; the mesh's requests are in `<mesh>.access`."""
        return last_lines(self.folder / "logs" / f"{part}.log", last, containing)

    def close(self) -> None:
        """Give the lease back; an owned system is gone when this returns.

        RehearsalError says what could not be undone in a system that stays up.
        """
        stops, left = 0.0, list[str]()
        with contextlib.suppress(OSError):  # the control process is gone or stopped, and with it the lease
            left = self._talk.ask("lease.release", {}, silence=_HEALTH_WITHIN)
            stops = _STOPS_WITHIN
        self._hang_up()
        if self._process is not None:
            self._process.end(within=stops)
            _folder.remove_if_free(self.folder)
        if left:
            raise RehearsalError("; ".join(left))

    def _take(self, run_id: str, progress: Callable[[str], None]) -> None:
        try:
            given = self._talk.ask("lease.take", {"run_id": run_id}, progress=progress)
        except OSError as error:
            gone = self._gone(error)
            self._hang_up()
            raise gone from error
        except BaseException:
            self._hang_up()
            raise
        self.addresses, self.secrets, self.may = given["addresses"], given["secrets"], frozenset(given["may"])
        self.temporary = Path(given["temporary"])

    def _hang_up(self) -> None:
        self._talk.close()
        self._log.close()

    def _forget(self) -> None:
        """In a forked child: let go of the connection, which is the parent's alone."""
        self._talk.forget()

    def _gone(self, error: OSError) -> PartUnavailable:
        """What a call that failed means; the last words of the control process are read while they can be."""
        if isinstance(error, TimeoutError):
            said = f"the control process of {self.folder.name} gives no answer. Is it stopped, or the machine too busy?"
            return PartUnavailable(CONTROL, said)
        state = self._process.end_state() if self._process else ""
        words = "" if self._log.closed else f" {told_in(self._log)}"
        gone = f"the control process of {self.folder.name} is gone{state and f': it {state}'}.{words}"
        return PartUnavailable(CONTROL, gone)


_CLIENTS: Final[weakref.WeakSet[SystemClient]] = weakref.WeakSet()


def _forget_all() -> None:
    for client in tuple(_CLIENTS):
        client._forget()  # noqa: SLF001 - of this very module


os.register_at_fork(after_in_child=_forget_all)


def _reached(folder: Path, process: Detached) -> Talk:
    """A connection to a control process that is just starting."""

    def probe() -> Talk | None:
        if end := process.end_state():
            raise PartUnavailable(CONTROL, f"the control process {end}. {process.first_words()}")
        return Talk.with_system(folder)

    try:
        return wait_until(probe, limit=_CONTROL_STARTS_WITHIN, what="the control process listens")
    except PartUnavailable:
        raise
    except RehearsalError as late:
        raise PartUnavailable(CONTROL, str(late)) from None


def _is_up(description: SystemDescription, profile: str) -> ConfigurationError:
    msg = f"A system of {description.path} with profile {profile!r} is up. Attach to it, or stop it first."
    return ConfigurationError(msg)
