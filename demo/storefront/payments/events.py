"""What payments tells the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.storefront.platform.events import Event
from demo.storefront.platform.money import Money, Price

from .schemas import PaymentMoved

if TYPE_CHECKING:
    import sqlalchemy as sa

    from demo.storefront.platform.shops import ShopProfile

EVENTS = {"payment.charged": PaymentMoved, "payment.refunded": PaymentMoved}


def moved(type_: str, profile: ShopProfile, charge: sa.RowMapping, minor: int) -> Event:
    """Return the event of money that was taken or returned; a charge bears the id of the order that it pays."""
    charge_id, amount = charge["charge_id"], Price.of(Money(minor, charge["currency"]))
    data = PaymentMoved(charge_id=charge_id, order_id=charge_id, amount=amount, at=profile.now())
    return Event.now(
        type=type_,
        source="/storefront/payments",
        shop=profile.shop,
        subject=charge_id,
        data=data.model_dump(mode="json"),
    )
