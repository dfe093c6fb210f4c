"""The tables of orders; money is kept in minor units. Migrations make them: change both."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from demo.storefront.platform.outbox import outbox_table

SCHEMA = "orders"
TABLES = sa.MetaData(schema=SCHEMA)
STATES = (
    "'pending', 'confirmed', 'shipped', 'delivered', 'cancelling', 'cancelled', 'refunding', 'refunded', 'rejected'"
)


def _belongs_to_an_order() -> sa.ForeignKeyConstraint:
    order = f"{SCHEMA}.customer_order"
    return sa.ForeignKeyConstraint(["shop", "order_id"], [f"{order}.shop", f"{order}.order_id"], ondelete="CASCADE")


ORDER = sa.Table(
    "customer_order",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("order_id", sa.Text, primary_key=True),
    sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
    sa.Column("number", sa.Text, comment="given when the order is confirmed"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, comment="why it is rejected; with it, a pending order is being undone"),
    sa.Column("customer_id", sa.Text, nullable=False),
    sa.Column("customer_name", sa.Text, nullable=False),
    sa.Column("customer_email", sa.Text, nullable=False),
    sa.Column("card", sa.Text, nullable=False, comment="the payment desk's token"),
    sa.Column("from_basket", sa.Boolean, nullable=False),
    sa.Column("expected_minor", sa.BigInteger, comment="what the customer was shown, where she said it"),
    sa.Column("expected_currency", sa.Text),
    sa.Column("total_minor", sa.BigInteger, comment="known when reserved; without it no charge was tried"),
    sa.Column("currency", sa.Text),
    sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("reserved_until", sa.DateTime(timezone=True), comment="by the shop's clock"),
    sa.Column("worked_until", sa.DateTime(timezone=True), comment="lease in real time; none: there is nothing to do"),
    sa.Column("tries", sa.Integer, nullable=False, comment="how often a desk could not be asked"),
    sa.Column("awaited", sa.Boolean, nullable=False, comment="the customer was told to wait for a mail, or nothing"),
    sa.Column("headers", JSONB, nullable=False, comment="trace context and baggage of the request"),
    sa.UniqueConstraint("shop", "number", name="order_number_is_unique_in_its_shop"),
    sa.CheckConstraint(f"status IN ({STATES})", name="order_status_is_known"),
    sa.CheckConstraint("total_minor > 0", name="order_costs_something"),
    sa.CheckConstraint(
        "number IS NOT NULL AND total_minor IS NOT NULL OR status IN ('pending', 'rejected')",
        name="confirmed_order_has_number_and_total",
    ),
    sa.CheckConstraint("reason IS NULL OR status IN ('pending', 'rejected')", name="reason_is_of_a_rejection"),
    sa.Index("orders_of_a_shop", "shop", "position"),
    sa.Index("orders_of_a_customer", "shop", "customer_id", "position"),
    sa.Index("orders_to_work_on", "worked_until", postgresql_where=sa.text("worked_until IS NOT NULL")),
)

LINE = sa.Table(
    "order_line",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("order_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, comment="as it was when reserved"),
    sa.Column("unit_price_minor", sa.BigInteger, comment="as it was when reserved"),
    sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="line_has_pieces"),
    _belongs_to_an_order(),
)

HISTORY = sa.Table(
    "order_history",
    TABLES,
    sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("shop", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="by the shop's clock"),
    _belongs_to_an_order(),
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
    sa.Column("order_id", sa.Text, nullable=False),
    sa.Column("answer", JSONB, comment="what was answered, to be answered again"),
    sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    sa.UniqueConstraint("shop", "order_id", name="order_has_one_submission"),
)

BASKET = sa.Table(
    "basket_line",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, primary_key=True),
    sa.Column("sku", sa.Text, primary_key=True),
    sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("price_minor", sa.BigInteger, nullable=False, comment="of a piece, when the line was added"),
    sa.Column("currency", sa.Text, nullable=False),
    sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="basket_line_has_pieces"),
)

OUTBOX = outbox_table(TABLES)
