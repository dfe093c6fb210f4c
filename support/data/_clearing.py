"""Clear the rows of a run's tenants, whichever tables they stand in.

Every scenario acts as a tenant of its own whose key begins with the run's id (`ScenarioIdentity.tenant`), so what a run
left can be found without a list of what it did: also after it was killed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol

from ..core import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Never

    from sqlalchemy import Connection

    from ..core import Permit


_PAUSE: Final = 0.1
_QUIET: Final = 3  # looks in a row that find nothing


class Ended(Protocol):
    """What clearing needs to know of a lease that has ended."""

    @property
    def run_id(self) -> str:
        """The run that held it."""

    @property
    def last(self) -> bool:
        """Whether the run holds no other."""

    @property
    def permit(self) -> Permit:
        """What may be done under it."""

    @property
    def addresses(self) -> Mapping[str, str]:
        """The addresses of the system's parts."""


class Clearing:
    """A guest of the control process: when a lease ends, the rows of that run's tenants go.

    `databases` are the names of databases by the part that serves them; without a column there is nothing to find.
    """

    name = "clearing"

    def __init__(self, column: str, databases: Mapping[str, Sequence[str]]) -> None:
        self._column = column
        self._databases = [(part, name) for part, names in databases.items() for name in names] if column else []

    def methods(self) -> Mapping[str, Never]:
        """It answers nothing: it only acts."""
        return {}

    def routes(self) -> Mapping[str, Never]:
        """It serves nothing: it only acts."""
        return {}

    async def lease_ended(self, lease: Ended) -> None:
        """Clear what the run left in every database, in a thread: other leases go on meanwhile.

        Where nothing may be written, nothing was, and nothing is cleared; nor where a database's address is not known.
        """
        if not lease.last or "write" not in lease.permit.granted:
            return
        urls = [f"{lease.addresses[part]}/{name}" for part, name in self._databases if part in lease.addresses]
        results = await asyncio.gather(*(self._clear(url, f"{lease.run_id}-") for url in urls), return_exceptions=True)
        if faults := [result for result in results if isinstance(result, BaseException)]:
            raise RehearsalError("; ".join(map(str, faults)))

    async def _clear(self, url: str, prefix: str) -> None:
        """Clear until nothing comes any more: requests and events of a run that was killed are still under way."""
        quiet = 0
        while quiet < _QUIET:
            quiet = 0 if await asyncio.to_thread(clear_tenants, url, self._column, prefix) else quiet + 1
            await asyncio.sleep(_PAUSE)


def clear_tenants(url: str, column: str, prefix: str) -> int:
    """Delete every row whose tenant key begins with the prefix, from every table that has the column; return how many.

    Rows go in one transaction: all or none. Tables that others refer to are cleared after those, in whichever order the
    references demand.
    """
    from sqlalchemy import create_engine

    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            return _delete_all(connection, _tables(connection, column), column, prefix)
    finally:
        engine.dispose()


def _tables(connection: Connection, column: str) -> list[str]:
    """All tables with that column, quoted and with their schemas."""
    from sqlalchemy import text

    found = connection.execute(
        text(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE column_name = :column AND table_type = 'BASE TABLE' AND table_schema NOT LIKE 'pg\\_%' ORDER BY 1"
        ),
        {"column": column},
    )
    return [str(name) for name in found.scalars()]


def _delete_all(connection: Connection, tables: Sequence[str], column: str, prefix: str) -> int:
    """Delete from the tables, postponing one as long as another refers to its rows."""
    deleted, left = 0, list(tables)
    while left:
        results = {table: _delete(connection, table, column, prefix) for table in left}
        postponed = [table for table, count in results.items() if count is None]
        deleted += sum(count for count in results.values() if count is not None)
        if len(postponed) == len(left):
            msg = (
                f"Rows of {prefix}* stay in {', '.join(left)}: rows that have another tenant, or none, refer to them. "
                "Give those tables the tenant column, or let the reference cascade."
            )
            raise RehearsalError(msg)
        left = postponed
    return deleted


def _delete(connection: Connection, table: str, column: str, prefix: str) -> int | None:
    """How many rows went; None if others still refer to them."""
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    name = connection.dialect.identifier_preparer.quote(column)
    statement = text(f"DELETE FROM {table} WHERE starts_with({name}, :prefix)")  # noqa: S608 - quoted by the database
    try:
        with connection.begin_nested():
            return connection.execute(statement, {"prefix": prefix}).rowcount
    except IntegrityError:
        return None
