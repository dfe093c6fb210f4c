"""Entries of sales, cancellations and refunds."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
SCHEMA = "reporting"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "entry",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False, comment="sale, cancellation or refund"),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="by the shop's clock"),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.CheckConstraint("kind IN ('sale', 'cancellation', 'refund')", name="entry_kind_is_known"),
        sa.CheckConstraint("amount_minor > 0", name="entry_has_an_amount"),
        schema=SCHEMA,
    )
    op.create_index("entries_of_a_shop_by_time", "entry", ["shop", "at"], schema=SCHEMA)
