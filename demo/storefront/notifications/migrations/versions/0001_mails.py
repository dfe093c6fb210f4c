"""Events that were handled, and mails that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
SCHEMA = "notifications"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "handled_event",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.clock_timestamp()),
        schema=SCHEMA,
    )
    op.create_table(
        "mail",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
    )
