"""Migrations bring the schema of a service to what its code expects; each service has its own, by Alembic.

They lead forward only: what a version has written the one before cannot read, and a way back that nobody goes is not
to be trusted. A mistake is mended by the next migration. ``tables.py`` of a service says what all of them come to.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Connection

FOR_EVER = "0"
RUNNER = Path(__file__).parent / "migrating"


def migrate(connection: Connection, schema: str, migrations: Path) -> None:
    """Apply what is missing in ``schema``, in the transaction of ``connection``; processes take turns.

    ``migrations`` is the folder whose subfolder ``versions`` has the revisions.
    """
    for patience in ("statement_timeout", "lock_timeout"):  # another process may be at it, and a change takes its time
        connection.execute(sa.select(sa.func.set_config(patience, FOR_EVER, sa.true())))
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(schema))))
    connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
    config = Config()
    config.set_main_option("script_location", str(RUNNER))
    config.set_main_option("version_locations", str(migrations / "versions"))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, schema=schema)
    command.upgrade(config, "head")
