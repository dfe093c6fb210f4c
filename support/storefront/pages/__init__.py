"""The website's pages, by what a reader sees: labels, buttons, headings and messages."""

from .account import AccountPage
from .orders import OrderPage, OrdersPage
from .shelf import ShelfPage

__all__ = ["AccountPage", "OrderPage", "OrdersPage", "ShelfPage"]
