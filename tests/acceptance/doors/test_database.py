"""The database door against a real PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from support.core import Evidence, PartUnavailable, PromiseBroken, RehearsalError, eventually
from support.doors import DatabaseDoor

from .conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.core import ScenarioIdentity

    from .conftest import Server


@pytest.fixture
def url(postgres: Server) -> str:
    return f"postgresql://postgres@127.0.0.1:{postgres.port}/postgres"


@pytest.fixture
def writer(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS orders")
        connection.execute("CREATE TABLE orders (id int PRIMARY KEY, state text, worth numeric, at timestamptz)")
        connection.execute("INSERT INTO orders VALUES (1, 'placed', 18.00, now()), (2, 'shipped', 2.50, now())")
        yield connection


@pytest.fixture
def door(url: str, identity: ScenarioIdentity, evidence: Evidence) -> Iterator[DatabaseDoor]:
    made = DatabaseDoor(url, identity, evidence)
    yield made
    made.close()


@pytest.mark.usefixtures("writer")
def test_rows_one_and_value(door: DatabaseDoor, evidence: Evidence) -> None:
    """Rows are mappings of column to value, and statement, parameters and rows are kept."""
    assert door.rows("SELECT id, state FROM orders ORDER BY id") == [
        {"id": 1, "state": "placed"}, {"id": 2, "state": "shipped"},
    ]  # fmt: skip
    assert door.one("SELECT state FROM orders WHERE id = :id", id=2) == {"state": "shipped"}
    assert door.value("SELECT count(*) FROM orders WHERE worth > :least", least=3) == 1
    last = evidence.of("sql.query")[-1]
    assert last.summary.startswith("SELECT count(*) FROM orders WHERE worth > :least -> 1 row")
    assert (last.data["parameters"], last.data["rows"]) == ({"least": 3}, [{"count": 1}])


@pytest.mark.usefixtures("writer")
def test_no_row_is_red(door: DatabaseDoor) -> None:
    """A row that should be there and is not is PromiseBroken, with statement and parameters."""
    with pytest.raises(PromiseBroken, match=r"expected exactly one row, found no rows: SELECT .* with id=9"):
        door.one("SELECT state FROM orders WHERE id = :id", id=9)


def test_polling_sees_what_others_commit(door: DatabaseDoor, writer: psycopg.Connection, evidence: Evidence) -> None:
    """A change that is committed between two looks is seen by the second, and equal looks are kept once."""
    assert door.value("SELECT state FROM orders WHERE id = 1") == "placed"
    writer.execute("UPDATE orders SET state = 'paid' WHERE id = 1")

    def check() -> None:
        assert door.value("SELECT state FROM orders WHERE id = 1") == "paid"
        assert door.value("SELECT count(*) FROM orders") == 2

    eventually(check, limit=2)
    for _ in range(5):
        door.value("SELECT count(*) FROM orders")
    assert len(evidence.of("sql.query")) == 3


def test_nothing_can_be_written(door: DatabaseDoor, writer: psycopg.Connection) -> None:
    """Writing is refused by the server and explained; nothing has changed."""
    for statement in ("DELETE FROM orders", "INSERT INTO orders VALUES (3)", "DROP TABLE orders"):
        with pytest.raises(RehearsalError, match="This door reads only"):
            door.rows(statement)
    count = writer.execute("SELECT count(*) FROM orders").fetchone()
    assert count == (2,)


def test_statements_carry_the_trace(door: DatabaseDoor, identity: ScenarioIdentity, folder: Path) -> None:
    """The server's log shows the scenario's trace on the statement."""
    door.value("SELECT 'marked'")
    assert f"SELECT 'marked' /*traceparent='00-{identity.trace_id}-" in (folder / "pg.log").read_text()


def test_a_wrong_statement_is_ours_and_gets_a_hint(door: DatabaseDoor) -> None:
    """An unknown table, an unknown column and a forgotten parameter are RehearsalErrors with the statement."""
    with pytest.raises(RehearsalError, match=r'relation "order" does not exist.*Is the table.*SELECT 1 FROM "order"'):
        door.rows('SELECT 1 FROM "order"')
    with pytest.raises(RehearsalError, match="value is required for bind parameter 'id'"):
        door.rows("SELECT 1 WHERE 1 = :id")


def test_an_unreachable_or_hung_server_is_yellow(
    postgres: Server, url: str, identity: ScenarioIdentity, evidence: Evidence
) -> None:
    """Nobody at the port is PartUnavailable at once; a server that hangs is so after the limit."""
    with pytest.raises(PartUnavailable, match="refused"):
        DatabaseDoor(f"postgresql://postgres@127.0.0.1:{free_port()}/x", identity, evidence).value("SELECT 1")
    door = DatabaseDoor(url, identity, evidence, limit=0.5)
    with pytest.raises(PartUnavailable, match=r"limit 0\.5 s"):
        door.value("SELECT pg_sleep(5)")
    with postgres.frozen(), pytest.raises(PartUnavailable):
        door.value("SELECT 1")
    assert door.value("SELECT 1") == 1
    door.close()
    door.close()
