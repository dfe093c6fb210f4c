"""Run by Alembic for each service: its migrations, in its schema, on the connection that it was given."""

from alembic import context

connection = context.config.attributes["connection"]
schema = context.config.attributes["schema"]
context.configure(connection=connection, version_table_schema=schema, version_table="schema_version")
with context.begin_transaction():
    context.run_migrations()
