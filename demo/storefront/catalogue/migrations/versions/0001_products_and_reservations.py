"""Products with their stock, reservations with their lines."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
SCHEMA = "catalogue"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "product",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("sku", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("price_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("on_hand", sa.BigInteger, nullable=False, comment="pieces in the stock room, those on hold included"),
        sa.Column("reserved", sa.BigInteger, nullable=False, comment="pieces on hold"),
        sa.CheckConstraint("price_minor > 0", name="product_costs_something"),
        sa.CheckConstraint("reserved BETWEEN 0 AND on_hand", name="product_is_never_oversold"),
        schema=SCHEMA,
    )
    op.create_table(
        "reservation",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("reservation_id", sa.Text, primary_key=True),
        sa.Column("status", sa.Text, nullable=False, comment="held, confirmed, expired or released"),
        sa.Column("expires_at", sa.DateTime(timezone=True), comment="by the shop's clock; none where nothing was held"),
        sa.CheckConstraint(
            "status IN ('held', 'confirmed', 'expired', 'released')", name="reservation_status_is_known"
        ),
        sa.CheckConstraint("expires_at IS NOT NULL OR status = 'released'", name="reservation_expires"),
        schema=SCHEMA,
    )
    op.create_index(
        "holds_by_expiry",
        "reservation",
        ["shop", "expires_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("status = 'held'"),
    )
    op.create_table(
        "reservation_line",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("reservation_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("sku", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False, comment="as it was when reserved"),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="line_has_pieces"),
        schema=SCHEMA,
    )
