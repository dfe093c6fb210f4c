"""The tables of catalogue; money is kept in minor units.

At every commit, ``product.reserved`` is the sum of the lines of its reservations whose status is ``held``.
"""

import sqlalchemy as sa

TABLES = sa.MetaData(schema="catalogue")

PRODUCT = sa.Table(
    "product",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("sku", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("price_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("on_hand", sa.BigInteger, nullable=False, comment="pieces in the stock room, those on hold included"),
    sa.Column("reserved", sa.BigInteger, nullable=False, comment="pieces on hold"),
    sa.CheckConstraint("price_minor > 0", name="product_costs_something"),
    sa.CheckConstraint("reserved BETWEEN 0 AND on_hand", name="product_is_never_oversold"),
)

RESERVATION = sa.Table(
    "reservation",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("reservation_id", sa.Text, primary_key=True),
    sa.Column("status", sa.Text, nullable=False, comment="held, confirmed, expired or released"),
    sa.Column("expires_at", sa.DateTime(timezone=True), comment="by the shop's clock; none where nothing was held"),
    sa.CheckConstraint("status IN ('held', 'confirmed', 'expired', 'released')", name="reservation_status_is_known"),
    sa.CheckConstraint("expires_at IS NOT NULL OR status = 'released'", name="reservation_expires"),
    sa.Index("holds_by_expiry", "shop", "expires_at", postgresql_where=sa.text("status = 'held'")),
)

LINE = sa.Table(
    "reservation_line",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("reservation_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False, comment="as it was when reserved"),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("unit_price_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="line_has_pieces"),
)
