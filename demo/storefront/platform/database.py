"""PostgreSQL: one schema for each service, one transaction for each change."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.instrumentation.utils import suppress_instrumentation
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from .migrations import migrate
from .problems import answer_unavailable, unconfirmed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from sqlalchemy.engine.interfaces import DBAPIConnection

CONNECT_TIMEOUT = 2
# Whoever asked has given up after some seconds; nobody else shall wait for what she asked for.
STATEMENT_TIMEOUT_MS, LOCK_TIMEOUT_MS, SILENCE_MS = 3000, 2500, 3000
OPTIONS = {
    "connect_timeout": CONNECT_TIMEOUT,
    "tcp_user_timeout": SILENCE_MS,
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}",
}
POOL, OVERFLOW = 5, 10  # seven services share a server that takes 200


class UnconfirmedError(Exception):
    """The connection broke during a commit: whether the change is stored is not known."""


class Database:
    """The tables of one service in the platform's database."""

    def __init__(self, url: str, tables: sa.MetaData, migrations: Path) -> None:
        """Prepare to connect to ``url``, where ``migrations`` make the ``tables``; nothing is connected yet."""
        PsycopgInstrumentor().instrument(enable_commenter=True)
        self._schema, self._migrations = str(tables.schema), migrations
        self._conninfo = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self.engine = sa.create_engine(
            url,
            pool_size=POOL,
            max_overflow=OVERFLOW,
            pool_timeout=CONNECT_TIMEOUT,
            hide_parameters=True,  # they may be personal data
            connect_args={**OPTIONS, "application_name": f"storefront-{self._schema}"},
        )

        sa.event.listen(self.engine, "checkout", self._survive_restart)

    def _survive_restart(self, connection: DBAPIConnection, *_rest: object) -> None:
        """Replace a pooled connection that broke, so that a restarted server is no error to a customer.

        This is the pool's own "pre-ping", without a span for each ping.
        """
        with suppress_instrumentation():
            try:
                self.engine.dialect.do_ping(connection)
            except psycopg.Error as error:
                raise DisconnectionError from error

    async def prepare(self) -> None:
        """Bring the schema to what the code expects."""
        await self.check()
        await asyncio.to_thread(self._migrate)

    def _migrate(self) -> None:
        with suppress_instrumentation(), self.engine.begin() as connection:
            migrate(connection, self._schema, self._migrations)

    async def check(self) -> None:
        """Raise where the server does not answer a fresh connection."""
        with suppress_instrumentation():
            connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
            async with connection:
                await connection.execute("select 1")

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Do all of it or nothing."""
        with self.engine.connect() as connection:
            yield connection  # leaving by an exception rolls back
            try:
                connection.commit()
            except (OperationalError, InterfaceError) as error:
                raise UnconfirmedError from error

    def answer_outages(self, app: FastAPI) -> None:
        """Let requests that meet an outage be answered with 503."""
        answer_unavailable(app, "database", OperationalError, InterfaceError, PoolTimeoutError)
        app.add_exception_handler(UnconfirmedError, lambda _request, _error: unconfirmed().answer())

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
