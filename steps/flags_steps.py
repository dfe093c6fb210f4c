"""Flags: what a shop offers its customers, and what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given

from support.core import needs
from support.storefront import flags

if TYPE_CHECKING:
    from support.context import Context


@given("the shop offers {flag:Offer}")
@needs("write")
def shop_offers(context: Context, flag: str) -> None:
    """Switch it on for this shop alone."""
    flags.offer(context.world, flag, on=True)


@given("the shop does not offer {flag:Offer}")
@needs("write")
def shop_does_not_offer(context: Context, flag: str) -> None:
    """Switch it off for this shop alone."""
    flags.offer(context.world, flag, on=False)
