"""Making a PostgreSQL cluster: `initdb` once on a machine, a copy of its result ever after."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError, PartUnavailable, user_caches
from ._account import is_open_to_others
from ._named import prefix_if_nameless
from ._processes import Launch, Process
from ._words import told_by

if TYPE_CHECKING:
    from ._account import Account
    from ._model import Part
    from ._site import Site

_INITDB: Final = (
    "--no-sync", "--no-data-checksums", "--no-instructions", "--wal-segsize=1", "--locale=C.UTF-8", "--encoding=UTF8",
    "--auth=trust", "--username=postgres", "--set=dynamic_shared_memory_type=mmap",
)  # fmt: skip


class Cluster:
    """A cluster with the databases of one part, owned by the account that the server runs as."""

    def __init__(self, part: Part, programs: Path, account: Account | None, site: Site) -> None:
        self._part, self._programs, self._account, self._site = part, programs, account, site

    async def make(self, data: Path) -> None:
        """Make it in a folder that does not exist yet."""
        template = _cache_folder() / f"postgresql-{self._digest()}"
        if template.is_dir():
            await self._run("cp", "-a", str(template), str(data), as_ourselves=True)
            return
        self._make_folder(data)
        await self._initialise(data)
        await self._keep(data, template)

    def _make_folder(self, data: Path) -> None:
        data.mkdir(mode=0o700)
        if self._account:
            os.chown(data, self._account.uid, self._account.gid)

    async def _initialise(self, data: Path) -> None:
        await self._run(str(self._programs / "initdb"), "-D", str(data), *_INITDB)
        statements = self._site.folder / "databases.sql"
        quoted = (name.replace('"', '""') for name in self._part.databases)
        statements.write_text("".join(f'CREATE DATABASE "{name}";\n' for name in quoted), encoding="utf-8")
        single = (str(self._programs / "postgres"), "--single", "-F", "-D", str(data), "postgres")
        await self._run(*single, stdin=statements)

    async def _keep(self, data: Path, template: Path) -> None:
        making = template.with_name(f"{template.name}.{os.getpid()}.part")
        await self._run("cp", "-a", str(data), str(making), as_ourselves=True)
        try:
            making.rename(template)
        except OSError:  # somebody else was faster: theirs is as good
            shutil.rmtree(making, ignore_errors=True)

    async def _run(self, *argv: str, stdin: Path = Path(os.devnull), as_ourselves: bool = False) -> None:
        log = self._site.log(self._part.name)
        account = None if as_ourselves else self._account
        prefix = () if as_ourselves else prefix_if_nameless()
        process = Process(Launch((*prefix, *argv), stdin=stdin, account=account), log)
        try:
            status = await process.finished()
        finally:
            await process.stop(grace=0)  # if we were cancelled
        if status:
            raise PartUnavailable(self._part.name, f"{Path(argv[0]).name} failed. {told_by(log)}")

    def _digest(self) -> str:
        program = (self._programs / "postgres").stat()
        owner = self._account.name if self._account else ""
        made_of = (program.st_size, program.st_mtime_ns, owner, _INITDB, self._part.databases)
        return hashlib.sha256(repr(made_of).encode()).hexdigest()[:16]


def reachable_programs(programs: Path, account: Account | None) -> Path:
    """The programs where the account can run them: in place, or a copy if they lie in a private folder."""
    if account is None or is_open_to_others(programs / "postgres"):
        return programs
    stamp = hashlib.sha256(f"{programs} {programs.stat().st_mtime_ns}".encode()).hexdigest()[:8]
    copy = Path(tempfile.gettempdir()) / f"rehearsal-{os.getuid()}-postgresql-{stamp}"
    if not copy.exists():
        making = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=copy.parent))
        _copy(programs.parent, making)
        making.rename(copy)
    elif copy.lstat().st_uid != os.getuid():
        msg = f"{copy} belongs to another user. Remove it."
        raise ConfigurationError(msg)
    return copy / programs.relative_to(programs.parent.parent.parent)


def _copy(home: Path, into: Path) -> None:
    """Copy a server's home and, if it came in a wheel, the libraries that the wheel keeps beside its package."""
    package = home.parent
    libraries = package.with_name(f"{package.name}.libs")
    (into / package.name).mkdir()
    shutil.copytree(home, into / package.name / home.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, into / libraries.name, symlinks=True)
    for folder in (into, into / package.name):
        folder.chmod(0o755)


def _cache_folder() -> Path:
    """A folder of ours, and of nobody else's, that outlives systems."""
    folder = user_caches() / "rehearsal"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid == os.getuid() and os.access(folder, os.W_OK):
            return folder
    msg = f"{folder} is no folder of this user's to keep a database template in. Set XDG_CACHE_HOME to one that is."
    raise ConfigurationError(msg)
