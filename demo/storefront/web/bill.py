"""What a purchase consists of and costs, before it is paid for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .orders import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.storefront.platform.money import Money

    from .basket import Baskets
    from .catalogue import Catalogue, Product
    from .purchase import Purchase
    from .reception import Reception


@dataclass(frozen=True)
class Bill:
    """The lines of a purchase at the prices of now."""

    lines: Sequence[Line]
    total: Money


@dataclass(frozen=True)
class Bills:
    """Makes bills."""

    catalogue: Catalogue
    baskets: Baskets

    async def find(self, reception: Reception, purchase: Purchase, within: float | None = None) -> Bill | None:
        """Return the bill of a purchase, ``None`` for an empty basket; raise as the peers' modules do."""
        shop = reception.shop.key
        if purchase.sku:
            product = await self.catalogue.product(shop, purchase.sku, within)
            return _bill_of(product, purchase.pieces or 0)
        basket = await self.baskets.basket(shop, reception.session, within)
        return Bill(basket.lines, basket.total) if basket.total else None


def _bill_of(product: Product, pieces: int) -> Bill:
    total = product.price * pieces
    line = Line.model_construct(
        sku=product.sku, name=product.name, quantity=pieces, unit_price=product.price, total=total
    )
    return Bill([line], total)
