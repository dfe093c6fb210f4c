"""Feature flags: what a shop may have or not, and what it has unless its operator decides."""

from types import MappingProxyType
from typing import Final

EXPRESS_CHECKOUT: Final = "express-checkout"
SELF_CANCELLING: Final = "self-cancelling"
LOW_STOCK_NOTICE: Final = "low-stock-notice"

FLAGS: Final = MappingProxyType({EXPRESS_CHECKOUT: True, SELF_CANCELLING: True, LOW_STOCK_NOTICE: False})
