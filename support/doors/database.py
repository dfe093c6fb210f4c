"""Reading a database: every look is a connection and a read-only transaction of its own, and sees what is there now."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

from ..core import Exhibit, PartUnavailable, PromiseBroken, RehearsalError, sentence
from ._exhibits import MOST_ITEMS, SaidOnce, count, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import SQLAlchemyError

    from ..core import EvidenceSink, ScenarioIdentity

_CONNECT_LIMIT = 3  # seconds; libpq takes whole ones
_LONGEST_STATEMENT = 200  # characters of a statement in an error message


class DatabaseDoor:
    """Reads one database by SQL with `:named` parameters, as `database.value("SELECT ... WHERE id = :id", id=7)`.

    `url` is any that SQLAlchemy knows; `postgresql://` means psycopg 3. `limit` is how long, in seconds, the database
    may take for one statement before it counts as unavailable. Nothing can be written through this door.
    """

    def __init__(
        self,
        url: str,
        identity: ScenarioIdentity,
        evidence: EvidenceSink,
        *,
        part: str = "database",
        limit: float = 10.0,
    ) -> None:
        self._url, self._part, self._limit = url, part, limit
        self._identity, self._evidence = identity, SaidOnce(evidence)
        self._opened: Engine | None = None

    def rows(self, sql: str, **parameters: object) -> list[dict[str, Any]]:
        """All rows, each as a mapping of column to value."""
        began = time.perf_counter()
        found = self._read(sql, parameters)
        self._evidence.keep(_seen(sql, parameters, found, time.perf_counter() - began), same=(sql, parameters, found))
        return found

    def one(self, sql: str, **parameters: object) -> dict[str, Any]:
        """The only row; PromiseBroken if there is none or more than one."""
        found = self.rows(sql, **parameters)
        if len(found) == 1:
            return found[0]
        msg = f"expected exactly one row, found {count(len(found), 'row')}: {_told(sql, parameters)}"
        raise PromiseBroken(msg)

    def value(self, sql: str, **parameters: object) -> Any:  # noqa: ANN401 - a column may hold anything
        """The first column of the only row; PromiseBroken as for `one`."""
        return next(iter(self.one(sql, **parameters).values()), None)

    def close(self) -> None:
        """Let go of the database."""
        engine, self._opened = self._opened, None
        if engine is not None:
            engine.dispose()

    def _read(self, sql: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
        from sqlalchemy import text
        from sqlalchemy.exc import SQLAlchemyError

        # sqlcommenter's form, so that traces, logs and a held statement can be told by scenario
        statement = text(f"{sql.strip().rstrip(';')} /*traceparent='{self._identity.traceparent()}'*/")
        try:
            with self._engine().connect() as connection, _bounded(connection, self._limit):
                result = connection.execute(statement, dict(parameters))
                return [dict(row) for row in result.mappings()] if result.returns_rows else []
        except SQLAlchemyError as error:
            raise self._fault(error, sql, parameters) from error

    def _engine(self) -> Engine:
        if self._opened is None:
            from sqlalchemy import create_engine, make_url
            from sqlalchemy.exc import ArgumentError
            from sqlalchemy.pool import NullPool

            try:
                url = make_url(self._url)
            except ArgumentError:
                msg = f"{self._part}: {self._url!r} is no database URL; expected one such as 'postgresql://host/name'."
                raise RehearsalError(msg) from None
            if url.drivername in {"postgresql", "postgres"}:
                url = url.set(drivername="postgresql+psycopg")
            is_postgres = url.drivername.startswith("postgresql")
            options = {"connect_timeout": _CONNECT_LIMIT, "application_name": "rehearsal"} if is_postgres else {}
            engine = create_engine(url, poolclass=NullPool, connect_args=options)
            self._opened = engine.execution_options(postgresql_readonly=True) if is_postgres else engine
        return self._opened

    def _fault(self, error: SQLAlchemyError, sql: str, parameters: Mapping[str, object]) -> RehearsalError:
        """The library's error in our words: yellow in any case, for the statement is ours, the server environment."""
        from sqlalchemy.exc import OperationalError

        origin = getattr(error, "orig", None)
        diagnosis = getattr(origin, "diag", None)
        state = getattr(origin, "sqlstate", None) or ""
        reason = getattr(diagnosis, "message_primary", None) or str(origin or error).strip().split("\n")[0]
        if isinstance(error, OperationalError) and (not state or state[:2] in {"08", "53", "57"} or state == "3D000"):
            return PartUnavailable(self._part, f"{reason} (limit {self._limit:g} s): {_told(sql, parameters)}")
        hint = getattr(diagnosis, "message_hint", None) or _HINTS.get(state, "")
        return RehearsalError(sentence(f"{self._part}: {reason}.", hint, f"The statement: {_told(sql, parameters)}"))


_HINTS = {
    "25006": "This door reads only; let the system itself do what the scenario needs.",
    "42P01": "Is the table's schema named and the migration run?",
    "42501": "The profile's account may not read this.",
}


@contextmanager
def _bounded(connection: Connection, limit: float) -> Iterator[None]:
    """Cut the connection when the limit has passed: a stopped server answers no statement_timeout either."""
    descriptor = getattr(connection.connection.driver_connection, "fileno", None)
    if descriptor is None:
        yield
        return
    wire = socket.socket(fileno=socket.dup(descriptor()))
    alarm = threading.Timer(limit, wire.shutdown, [socket.SHUT_RDWR])
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()
        wire.close()


def _seen(sql: str, parameters: Mapping[str, object], found: list[dict[str, Any]], elapsed: float) -> Exhibit:
    shown = [plain(row) for row in found[:MOST_ITEMS]]
    statement = " ".join(sql.split())
    return Exhibit(
        "sql.query",
        f"{statement[:_LONGEST_STATEMENT]} -> {count(len(found), 'row')}, {elapsed * 1000:.0f} ms",
        data={"statement": cleandoc(sql), "parameters": plain(parameters), "rows": shown, "count": len(found)},
    )


def _told(sql: str, parameters: Mapping[str, object]) -> str:
    statement = " ".join(sql.split())
    if len(statement) > _LONGEST_STATEMENT:
        statement = f"{statement[:_LONGEST_STATEMENT]}..."
    given = ", ".join(f"{name}={value!r}" for name, value in parameters.items())
    return f"{statement} with {given}" if given else statement
