"""The tables of the bank; ``shop`` holds the merchant."""

import sqlalchemy as sa

TABLES = sa.MetaData(schema="bank")

CARD = sa.Table(
    "card",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True, comment="the merchant"),
    sa.Column("card", sa.Text, primary_key=True, comment="the token by which merchants know it"),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("expiry", sa.Text, nullable=False),
    sa.Column("brand", sa.Text, nullable=False),
    sa.Column("last4", sa.Text, nullable=False),
)

CHARGE = sa.Table(
    "charge",
    TABLES,
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
)

REFUND = sa.Table(
    "refund",
    TABLES,
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
)
