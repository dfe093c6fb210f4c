"""The folder of a started system: where it is, who holds it, and what is swept when nobody does.

Whoever starts or controls a system holds its lock file by a shared flock, which the kernel drops with the process. A
folder whose lock can be had alone is therefore stale, whatever its processes' ids are used for by now.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from ..core import ConfigurationError
from ._leftovers import end_leftovers
from ._segments import remove_segments
from ._temporary import remove_folder, remove_temporary, temporary_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._model import SystemDescription

CONTROL: Final = "control"
SOCKET: Final = "control.sock"
_LOCK: Final = "lock"
_LONGEST_SOCKET_PATH: Final = 99  # bytes; macOS allows 103, Linux 107
_ROOM_IN_MEMORY: Final = 300 * 1024 * 1024
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - looked into, and used in a folder of our own only


def runtime_folder() -> Path:
    """Where the folders of this user's systems are: `$XDG_RUNTIME_DIR/rehearsal` or `<tmp>/rehearsal-<uid>`, 0700.

    A folder whose path leaves no room for a socket's is passed over; /tmp never is too long.
    """
    folder = next(path for path in _runtime_folders() if _leaves_room(path))
    folder.mkdir(mode=0o700, exist_ok=True)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.getuid() or seen.st_mode & 0o077:
        msg = f"{folder} is not a private folder of yours (mode 0700). Remove it, or set XDG_RUNTIME_DIR."
        raise ConfigurationError(msg)
    return folder


def kept_folder(description: SystemDescription, profile: str) -> Path:
    """The one folder of the kept system of this description and profile."""
    return runtime_folder() / f"{description.name[:12]}-{_digest(f'{description.path} {profile}')}"


def owned_folder(description: SystemDescription) -> Path:
    """A folder that no other system has."""
    return runtime_folder() / f"{description.name[:12]}-{secrets.token_hex(4)}"


def data_folder(folder: Path) -> Path:
    """Where a database server of another account keeps its data: in memory where there is room, else on disk."""
    in_memory, on_disk = _data_folders(folder)
    return in_memory if in_memory.exists() or _has_room(in_memory.parent) else on_disk


def make(folder: Path) -> TextIO:
    """Sweep what is stale, make the folder and hold it; FileExistsError if somebody holds it already."""
    with _one_at_a_time():
        sweep()
        folder.mkdir(mode=0o700)
        (folder / "logs").mkdir()
        (folder / _LOCK).touch(mode=0o600)
        return hold(folder)


def hold(folder: Path) -> TextIO:
    """Hold the folder until the returned file is closed or this process ends; FileNotFoundError if it was swept."""
    lock = (folder / _LOCK).open("r+", encoding="utf-8")
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def redirect_output(folder: Path, name: str) -> None:
    """Send what this process and its children print to a log of the folder."""
    output = os.open(folder / "logs" / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(output, number)
    os.close(output)


def is_held(folder: Path) -> bool:
    """Whether a process holds the folder."""
    try:
        with (folder / _LOCK).open("r+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def wait_until_free(folder: Path) -> int:
    """Wait for as long as a process holds the folder; 0, since that always ends well."""
    with contextlib.suppress(FileNotFoundError), (folder / _LOCK).open("r+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
    return 0


def remove_if_free(folder: Path) -> None:
    """Remove a folder that nobody holds, and end what still runs from it."""
    with _one_at_a_time():
        if folder.is_dir() and not is_held(folder):
            remove(folder)


def remove(folder: Path) -> None:
    """End and remove all that a system has; the folder goes last, so that the next sweep can finish the work."""
    end_leftovers(folder)
    data = _data_folders(folder)
    for each in data:
        remove_segments(each)
    if remove_temporary(temporary_of(folder)) and all(map(remove_folder, data)):
        remove_folder(folder)


def sweep() -> None:
    """Remove the folders that nobody holds, and end what still runs from them."""
    for folder in runtime_folder().iterdir():
        if folder.is_dir() and not is_held(folder):
            remove(folder)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (runtime_folder() / ".lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _runtime_folders() -> Iterator[Path]:
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    if given and Path(given).is_dir():
        yield Path(given) / "rehearsal"
    for place in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - the folder in there is private, or refused
        yield Path(place) / f"rehearsal-{os.getuid()}"


def _leaves_room(folder: Path) -> bool:
    return len(os.fsencode(folder / ("x" * 21) / SOCKET)) <= _LONGEST_SOCKET_PATH


def _data_folders(folder: Path) -> tuple[Path, Path]:
    name = f"rehearsal-{os.getuid()}-{folder.name}-{_digest(str(folder))}"
    return _SHARED_MEMORY / name, Path(tempfile.gettempdir()) / name


def _has_room(place: Path) -> bool:
    return os.access(place, os.W_OK) and shutil.disk_usage(place).free >= _ROOM_IN_MEMORY


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
