from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

if TYPE_CHECKING:
    from support.system import SystemClient

SERVICES = ("accounts", "bank", "catalogue", "notifications", "orders", "payments", "reporting")


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_make_the_tables_that_the_code_expects(system: SystemClient, service: str) -> None:
    """What a service's migrations built is, column by column, what its tables say."""
    tables: sa.MetaData = import_module(f"demo.storefront.{service}.tables").TABLES
    url = sa.make_url(f"{system.addresses['database']}/storefront").set(drivername="postgresql+psycopg")
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        options = {"include_schemas": True, "include_name": _only(service), "version_table_schema": service}
        context = MigrationContext.configure(
            connection, opts={**options, "version_table": "schema_version", "compare_type": True}
        )
        assert compare_metadata(context, tables) == []


def _only(schema: str) -> object:
    def include(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
        return name == schema if kind == "schema" else parents.get("schema_name") == schema

    return include
