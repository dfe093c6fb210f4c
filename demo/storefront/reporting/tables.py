"""The tables of reporting; money is kept in minor units."""

import sqlalchemy as sa

TABLES = sa.MetaData(schema="reporting")

ENTRY = sa.Table(
    "entry",
    TABLES,
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
    sa.Index("entries_of_a_shop_by_time", "shop", "at"),
)
