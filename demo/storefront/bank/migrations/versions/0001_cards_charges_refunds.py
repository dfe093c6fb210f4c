"""Cards, charges and refunds."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
SCHEMA = "bank"


def upgrade() -> None:
    """Create the first tables."""
    _create_card()
    _create_charge()
    _create_refund()


def _create_card() -> None:
    op.create_table(
        "card",
        sa.Column("shop", sa.Text, primary_key=True, comment="the merchant"),
        sa.Column("card", sa.Text, primary_key=True, comment="the token by which merchants know it"),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("expiry", sa.Text, nullable=False),
        sa.Column("brand", sa.Text, nullable=False),
        sa.Column("last4", sa.Text, nullable=False),
        schema=SCHEMA,
    )


def _create_charge() -> None:
    op.create_table(
        "charge",
        sa.Column("shop", sa.Text, primary_key=True, comment="the merchant"),
        sa.Column("charge", sa.Text, primary_key=True),
        sa.Column("idempotency_key", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False, comment="digest of what was asked; empty where cancelled"),
        sa.Column("card", sa.Text),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.clock_timestamp()),
        sa.UniqueConstraint("shop", "idempotency_key", name="charge_is_made_once_for_a_key"),
        sa.CheckConstraint("status IN ('succeeded', 'declined', 'cancelled')", name="charge_status"),
        schema=SCHEMA,
    )


def _create_refund() -> None:
    op.create_table(
        "refund",
        sa.Column("shop", sa.Text, primary_key=True, comment="the merchant"),
        sa.Column("refund", sa.Text, primary_key=True),
        sa.Column("charge", sa.Text, nullable=False),
        sa.Column("idempotency_key", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False, comment="digest of what was asked"),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.clock_timestamp()),
        sa.UniqueConstraint("shop", "idempotency_key", name="refund_is_made_once_for_a_key"),
        sa.CheckConstraint("amount_minor > 0", name="refund_amount"),
        sa.Index("refunds_of_a_charge", "shop", "charge"),
        schema=SCHEMA,
    )
