"""The tables of accounts."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from demo.storefront.platform.outbox import outbox_table

TABLES = sa.MetaData(schema="accounts")
MOMENT = sa.DateTime(timezone=True)

SHOP = sa.Table(
    "shop",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("time_zone", sa.Text, nullable=False),
    sa.Column("flags", JSONB, nullable=False, comment="those that the operator decided"),
    sa.Column("clock_ahead_seconds", sa.Double, nullable=False),
    sa.Column("clock_stopped_at", MOMENT),
    sa.Column("opened_at", MOMENT, nullable=False, server_default=sa.func.now()),
)

CUSTOMER = sa.Table(
    "customer",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False, comment="trimmed and in lower case"),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("registered_at", MOMENT, nullable=False),
    sa.UniqueConstraint("shop", "email", name="customer_email_is_unique_in_its_shop"),
    sa.CheckConstraint("role IN ('customer', 'clerk', 'owner')", name="customer_has_a_known_role"),
)

# An address is kept as a digest: it may be unknown, as long as a request, or a password typed into the wrong field.
SIGN_IN_FAILURE = sa.Table(
    "sign_in_failure",
    TABLES,
    sa.Column("shop", sa.Text, primary_key=True),
    sa.Column("address_digest", sa.Text, primary_key=True),
    sa.Column("failed_at", ARRAY(MOMENT), nullable=False, comment="the wrong passwords that count"),
    sa.Column("locked_until", MOMENT),
    sa.Column("outdated_at", MOMENT, nullable=False, comment="when the row ceases to matter"),
    sa.Index("sign_in_failures_by_age", "shop", "outdated_at"),
)

OUTBOX = outbox_table(TABLES)
