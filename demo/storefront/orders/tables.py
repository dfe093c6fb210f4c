"""The tables of orders; money is kept in minor units."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from demo.storefront.platform.outbox import outbox_table

TABLES = sa.MetaData(schema="orders")

PRODUCT = sa.Table(
    "product",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("sku", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("price_minor", sa.BigInteger, sa.CheckConstraint("price_minor > 0"), nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
)

ORDER = sa.Table(
    "customer_order",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("order_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("total_minor", sa.BigInteger, sa.CheckConstraint("total_minor > 0"), nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("shop", "number", name="order_number_is_unique_in_its_shop"),
    sa.Index("orders_of_a_customer", "shop", "customer_id", "placed_at"),
)

LINE = sa.Table(
    "order_line",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("order_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False, comment="as it was when ordered"),
    sa.Column("quantity", sa.Integer, sa.CheckConstraint("quantity BETWEEN 1 AND 99"), nullable=False),
    sa.Column("unit_price_minor", sa.BigInteger, nullable=False),
)

HISTORY = sa.Table(
    "order_history",
    TABLES,
    sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("shop", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Index("history_of_an_order", "shop", "order_id"),
)

COUNTER = sa.Table(
    "order_counter",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("last_number", sa.Integer, nullable=False),
)

SUBMISSION = sa.Table(
    "submission",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, primary_key=True),
    sa.Column("idempotency_key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False, comment="digest of what was submitted"),
    sa.Column("answer", JSONB, comment="what was answered, to be answered again"),
    sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
)

OUTBOX = outbox_table(TABLES)
