"""The tables of accounts."""

import sqlalchemy as sa

from demo.storefront.platform.outbox import outbox_table

TABLES = sa.MetaData(schema="accounts")

SHOP = sa.Table(
    "shop",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
)

CUSTOMER = sa.Table(
    "customer",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False, comment="trimmed and in lower case"),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("shop", "email", name="customer_email_is_unique_in_its_shop"),
)

OUTBOX = outbox_table(TABLES)
