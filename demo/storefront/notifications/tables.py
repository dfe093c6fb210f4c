"""The tables of notifications."""

import sqlalchemy as sa

TABLES = sa.MetaData(schema="notifications")

HANDLED_EVENT = sa.Table(
    "handled_event",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.clock_timestamp()),
)

MAIL = sa.Table(
    "mail",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
)
