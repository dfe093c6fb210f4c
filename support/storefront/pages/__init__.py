"""The website's pages, by what a reader sees: labels, buttons, headings and messages."""

from .account import AccountPage
from .basket import BasketPage
from .checkout import CheckoutPage
from .office import OfficeOrdersPage, OfficeProductsPage, SalesPage
from .orders import OrderPage, OrdersPage
from .shelf import ShelfPage

__all__ = [
    "AccountPage",
    "BasketPage",
    "CheckoutPage",
    "OfficeOrdersPage",
    "OfficeProductsPage",
    "OrderPage",
    "OrdersPage",
    "SalesPage",
    "ShelfPage",
]
