"""Where Alembic finds how to run a migration."""
