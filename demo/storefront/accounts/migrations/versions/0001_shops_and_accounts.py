"""Shops with their clocks and flags, accounts, failures to sign in, and the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0001"
down_revision = None

SCHEMA = "accounts"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create all tables."""
    _create_shop()
    _create_customer()
    _create_sign_in_failure()
    _create_outbox()


def _create_shop() -> None:
    op.create_table(
        "shop",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("flags", JSONB, nullable=False, comment="those that the operator decided"),
        sa.Column("clock_ahead_seconds", sa.Double, nullable=False),
        sa.Column("clock_stopped_at", MOMENT),
        sa.Column("opened_at", MOMENT, nullable=False, server_default=sa.func.now()),
        schema=SCHEMA,
    )


def _create_customer() -> None:
    op.create_table(
        "customer",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("customer_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False, comment="trimmed and in lower case"),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.UniqueConstraint("shop", "email", name="customer_email_is_unique_in_its_shop"),
        sa.CheckConstraint("role IN ('customer', 'clerk', 'owner')", name="customer_has_a_known_role"),
        schema=SCHEMA,
    )


def _create_sign_in_failure() -> None:
    op.create_table(
        "sign_in_failure",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("address_digest", sa.Text, primary_key=True),
        sa.Column("failed_at", ARRAY(MOMENT), nullable=False, comment="the wrong passwords that count"),
        sa.Column("locked_until", MOMENT),
        sa.Column("outdated_at", MOMENT, nullable=False, comment="when the row ceases to matter"),
        schema=SCHEMA,
    )
    op.create_index("sign_in_failures_by_age", "sign_in_failure", ["shop", "outdated_at"], schema=SCHEMA)


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("shop", sa.Text, nullable=False, index=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        sa.Column("headers", JSONB, nullable=False, comment="trace context and baggage of the change"),
        sa.Column("stored_at", MOMENT, nullable=False, server_default=sa.func.clock_timestamp()),
        sa.Column("published_at", MOMENT),
        sa.Index("outbox_waiting", "position", postgresql_where=sa.text("published_at IS NULL")),
        schema=SCHEMA,
    )
