"""The parts of a shop that somebody can go to, for customers and for the shop's own people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .shop import SHOP_NAME


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the shop: its page with the heading there, and what the app asks for in its place, if it can.

    `{shop}` stands for the scenario's shop.
    """

    page: str
    heading: str
    app: str = ""


ROOMS: Final = {
    "shelf": Room("/", SHOP_NAME, "/catalogue/v1/shops/{shop}/products"),
    "registration": Room("/register", "Create your account"),
    "sign-in": Room("/sign-in", "Sign in"),
    "basket": Room("/basket", "Your basket", "/orders/v2/shops/{shop}/basket"),
    "checkout": Room("/checkout", "Checkout"),
    "order history": Room("/orders", "Your orders", "/orders/v2/shops/{shop}/orders"),
    "order book": Room("/office/orders", "Orders", "/orders/v2/shops/{shop}/office/orders"),
    "price list": Room("/office/products", "Products"),
    "sales book": Room("/office/sales", "Sales", "/reporting/v1/shops/{shop}/sales"),
}
"""Words for them."""
