"""Charges, refunds, and the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
SCHEMA = "payments"


def upgrade() -> None:
    """Create the first tables."""
    _create_charge()
    _create_refund()
    _create_outbox()


def _create_charge() -> None:
    op.create_table(
        "charge",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column(
            "charge_id", sa.Text, primary_key=True, comment="the caller's, and the bank's idempotency key with it"
        ),
        sa.Column("card", sa.Text, comment="the bank's token"),
        sa.Column("amount_minor", sa.BigInteger, comment="absent where it was voided before it came"),
        sa.Column("currency", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, comment="why it was declined"),
        sa.Column("refunded_minor", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("bank_charge", sa.Text, comment="the bank's name for it"),
        sa.Column(
            "asking", sa.Integer, nullable=False, server_default="0", comment="requests whose outcome is not known"
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), comment="since when it may keep no money"),
        sa.CheckConstraint("status IN ('pending', 'charged', 'declined', 'voided', 'refunded')", name="charge_status"),
        sa.CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name="no_more_is_refunded_than_was_charged"),
        sa.CheckConstraint("status = 'voided' OR amount_minor > 0", name="charge_amount"),
        schema=SCHEMA,
    )


def _create_refund() -> None:
    op.create_table(
        "refund",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("charge_id", sa.Text, primary_key=True),
        sa.Column("refund_id", sa.Text, primary_key=True),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('pending', 'refunded')", name="refund_status"),
        sa.CheckConstraint("amount_minor > 0", name="refund_amount"),
        schema=SCHEMA,
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("shop", sa.Text, nullable=False, index=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        sa.Column("headers", JSONB, nullable=False, comment="trace context and baggage of the change"),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.clock_timestamp()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Index("outbox_waiting", "position", postgresql_where=sa.text("published_at IS NULL")),
        schema=SCHEMA,
    )
