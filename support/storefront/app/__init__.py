"""The app: a phone that speaks HTTP with the shop.

Every action is one HTTP exchange; every expectation reads the last answer or asks again.
"""

from dataclasses import replace

from ..channel import Channel
from .accounts import AppAccounts
from .office import AppOffice, change_of
from .older import OlderAppOrdering
from .ordering import AppOrdering
from .refusals import AppRefusals
from .rooms import AppRooms
from .shopping import AppShopping

__all__ = ["APP", "APP_ORDERING", "OLDER_APP", "OLDER_APP_ORDERING", "change_of"]

APP_ORDERING = AppOrdering()
APP = Channel(
    "through the app",
    accounts=AppAccounts(),
    rooms=AppRooms(),
    shopping=AppShopping(),
    ordering=APP_ORDERING,
    office=AppOffice(),
    refusals=AppRefusals(),
)

OLDER_APP_ORDERING = OlderAppOrdering()
OLDER_APP = replace(APP, words="through the older app", ordering=OLDER_APP_ORDERING)
