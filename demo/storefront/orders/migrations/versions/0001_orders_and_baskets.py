"""Orders with their lines and history, submissions, baskets, and the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
SCHEMA = "orders"
STATES = (
    "'pending', 'confirmed', 'shipped', 'delivered', 'cancelling', 'cancelled', 'refunding', 'refunded', 'rejected'"
)


def upgrade() -> None:
    """Create the tables."""
    _orders()
    _lines()
    _history_and_numbers()
    _submissions()
    _baskets()
    _outbox()


def _orders() -> None:
    op.create_table(
        "customer_order",
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
        sa.Column(
            "worked_until", sa.DateTime(timezone=True), comment="lease in real time; none: there is nothing to do"
        ),
        sa.Column(
            "awaited", sa.Boolean, nullable=False, comment="the customer was told to wait for a mail, or nothing"
        ),
        sa.Column("tries", sa.Integer, nullable=False, comment="how often a desk could not be asked"),
        sa.Column("headers", JSONB, nullable=False, comment="trace context and baggage of the request"),
        sa.UniqueConstraint("shop", "number", name="order_number_is_unique_in_its_shop"),
        sa.CheckConstraint(f"status IN ({STATES})", name="order_status_is_known"),
        sa.CheckConstraint("total_minor > 0", name="order_costs_something"),
        sa.CheckConstraint(
            "number IS NOT NULL AND total_minor IS NOT NULL OR status IN ('pending', 'rejected')",
            name="confirmed_order_has_number_and_total",
        ),
        sa.CheckConstraint("reason IS NULL OR status IN ('pending', 'rejected')", name="reason_is_of_a_rejection"),
        schema=SCHEMA,
    )
    op.create_index("orders_of_a_shop", "customer_order", ["shop", "position"], schema=SCHEMA)
    op.create_index("orders_of_a_customer", "customer_order", ["shop", "customer_id", "position"], schema=SCHEMA)
    to_do = sa.text("worked_until IS NOT NULL")
    op.create_index("orders_to_work_on", "customer_order", ["worked_until"], schema=SCHEMA, postgresql_where=to_do)


def _lines() -> None:
    op.create_table(
        "order_line",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("order_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("sku", sa.Text, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, comment="as it was when reserved"),
        sa.Column("unit_price_minor", sa.BigInteger, comment="as it was when reserved"),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="line_has_pieces"),
        _belongs_to_an_order(),
        schema=SCHEMA,
    )


def _belongs_to_an_order() -> sa.ForeignKeyConstraint:
    order = f"{SCHEMA}.customer_order"
    return sa.ForeignKeyConstraint(["shop", "order_id"], [f"{order}.shop", f"{order}.order_id"], ondelete="CASCADE")


def _history_and_numbers() -> None:
    op.create_table(
        "order_history",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("shop", sa.Text, nullable=False),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="by the shop's clock"),
        _belongs_to_an_order(),
        schema=SCHEMA,
    )
    op.create_index("history_of_an_order", "order_history", ["shop", "order_id"], schema=SCHEMA)
    op.create_table(
        "order_counter",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("last_number", sa.Integer, nullable=False),
        schema=SCHEMA,
    )


def _submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("customer_id", sa.Text, primary_key=True),
        sa.Column("idempotency_key", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False, comment="digest of what was submitted"),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("answer", JSONB, comment="what was answered, to be answered again"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.UniqueConstraint("shop", "order_id", name="order_has_one_submission"),
        schema=SCHEMA,
    )


def _baskets() -> None:
    op.create_table(
        "basket_line",
        sa.Column("shop", sa.Text, primary_key=True),
        sa.Column("customer_id", sa.Text, primary_key=True),
        sa.Column("sku", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("price_minor", sa.BigInteger, nullable=False, comment="of a piece, when the line was added"),
        sa.Column("currency", sa.Text, nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="basket_line_has_pieces"),
        schema=SCHEMA,
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("shop", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        sa.Column("headers", JSONB, nullable=False, comment="trace context and baggage of the change"),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.clock_timestamp()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        schema=SCHEMA,
    )
    op.create_index("ix_orders_outbox_shop", "outbox", ["shop"], schema=SCHEMA)
    waiting = sa.text("published_at IS NULL")
    op.create_index("outbox_waiting", "outbox", ["position"], schema=SCHEMA, postgresql_where=waiting)
