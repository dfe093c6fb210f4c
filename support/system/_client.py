"""The run's side of the control process: start or attach, hold a lease, ask, give the lease back."""

from __future__ import annotations

import itertools
import os
import socket
import threading
import weakref
from typing import TYPE_CHECKING, Any, Final, Self

from ..core import ConfigurationError, PartUnavailable, RehearsalError, wait_until
from . import _folder, _rpc
from ._detached import Detached
from ._processes import last_lines, told_by
from ._services import own_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ._model import SystemDescription

_CONTROL: Final = "control"
_CONTROL_STARTS_WITHIN: Final = 15.0
_STOPS_WITHIN: Final = 15.0


class SystemClient:
    """A lease on a started system: its addresses (part -> URL), its secrets, its folder. Usable from any thread.

    A forked child has no part in the lease: its copy of the connection is closed, so that the lease ends with the
    process that took it.
    """

    def __init__(self, folder: Path, line: socket.socket, process: Detached | None = None) -> None:
        self.folder = folder
        self.addresses: Mapping[str, str] = {}
        self.secrets: Mapping[str, str] = {}
        self._line, self._process = line, process
        self._reader = line.makefile("rb")
        self._lock, self._numbers = threading.Lock(), itertools.count(1)
        self._progress: Callable[[str], None] = lambda _text: None
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
        description.profile(profile)
        folder = _folder.owned_folder(description) if owned else _folder.kept_folder(description, profile)
        told = ("--description", str(description.path), "--profile", profile, "--folder", str(folder))
        try:
            held = _folder.make(folder)
        except FileExistsError:
            msg = f"A system of {description.path} with profile {profile!r} is up. Attach to it, or stop it first."
            raise ConfigurationError(msg) from None
        with held:
            log = folder / "logs" / f"{_CONTROL}.log"
            kind = "--owned" if owned else "--kept"
            process = Detached((*argv, *told, kind), {**os.environ, **own_path()}, log)
            try:
                client = cls(folder, _reached(folder, process, log), process if owned else None)
                client._take(run_id, progress)
            except BaseException:
                process.end()
                _folder.remove(folder)
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
        line = connect(folder)
        if line is None:
            return None
        client = cls(folder, line)
        client._take(run_id, client._progress)
        return client

    def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - any JSON value
        """The answer of the control process; its errors are raised as what they were there."""
        if self._pid != os.getpid():
            msg = "This process was forked from the one that holds the lease. Let it `join` the system's folder."
            raise RehearsalError(msg)
        with self._lock:
            number = next(self._numbers)
            try:
                self._line.sendall(_rpc.request(number, method, params))
                return _rpc.value_of(self._answer(number))
            except OSError as error:
                raise PartUnavailable(_CONTROL, self._gone()) from error

    def health(self) -> Mapping[str, str]:
        """For every started part "ok" or what is wrong with it, within 2 s."""
        try:
            answer: dict[str, str] = self.call("system.health")
        except PartUnavailable as gone:
            return {gone.part: gone.reason}
        return answer

    def logs(self, part: str, *, containing: str = "", last: int = 200) -> list[str]:
        """The last lines of a part's log, of those that contain a text; the mesh's requests are in `<mesh>.access`."""
        return last_lines(self.folder / "logs" / f"{part}.log", last, containing)

    def close(self) -> None:
        """Give the lease back; an owned system is gone when this returns."""
        try:
            self.call("lease.release")
        except PartUnavailable:
            pass  # the control process is gone, and with it the lease
        finally:
            self._hang_up()
        if self._process is not None:
            self._process.end(within=_STOPS_WITHIN)
            _folder.remove(self.folder)

    def _take(self, run_id: str, progress: Callable[[str], None]) -> None:
        self._progress = progress
        try:
            given = self.call("lease.take", run_id=run_id)
        except BaseException:
            self._hang_up()
            raise
        self.addresses, self.secrets = given["addresses"], given["secrets"]

    def _answer(self, number: int) -> dict[str, Any]:
        """The answer with that number; what the control process tells meanwhile goes to `progress`."""
        while line := self._reader.readline():
            message = _rpc.parsed(line)
            if message.get("method") == "progress":
                self._progress(message["params"]["text"])
            elif message.get("id") == number:
                return message
        msg = "the connection was closed"
        raise ConnectionError(msg)

    def _hang_up(self) -> None:
        self._reader.close()
        self._line.close()

    def _forget(self) -> None:
        """In a forked child: let go of the connection, which is the parent's alone."""
        if self._line.fileno() >= 0:
            os.close(self._line.detach())

    def _gone(self) -> str:
        state = self._process.end_state() if self._process else ""
        gone = f"the control process of {self.folder.name} is gone{state and f': it {state}'}."
        return f"{gone} {told_by(self.folder / 'logs' / f'{_CONTROL}.log')}"


_CLIENTS: Final[weakref.WeakSet[SystemClient]] = weakref.WeakSet()


def _forget_all() -> None:
    for client in tuple(_CLIENTS):
        client._forget()  # noqa: SLF001 - of this very module


os.register_at_fork(after_in_child=_forget_all)


def connect(folder: Path) -> socket.socket | None:
    """A connection to the control process of that folder, or None if there is none."""
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(str(folder / _folder.SOCKET))
    except (FileNotFoundError, ConnectionRefusedError):
        line.close()
        return None
    return line


def _reached(folder: Path, process: Detached, log: Path) -> socket.socket:
    """A connection to a control process that is just starting."""

    def probe() -> socket.socket | None:
        if end := process.end_state():
            raise PartUnavailable(_CONTROL, f"the control process {end}. {told_by(log)}")
        return connect(folder)

    try:
        return wait_until(probe, limit=_CONTROL_STARTS_WITHIN, what="the control process listens")
    except PartUnavailable:
        raise
    except RehearsalError as late:
        raise PartUnavailable(_CONTROL, str(late)) from None
