"""The website: a browser.

Every action is what a hand does on a page; every expectation is what an eye sees there.
"""

from ..channel import Channel
from .accounts import WebsiteAccounts
from .office import WebsiteOffice
from .ordering import WebsiteOrdering
from .refusals import WebsiteRefusals
from .rooms import WebsiteRooms
from .shopping import WebsiteShopping

__all__ = ["WEBSITE"]

WEBSITE = Channel(
    "on the website",
    accounts=WebsiteAccounts(),
    rooms=WebsiteRooms(),
    shopping=WebsiteShopping(),
    ordering=WebsiteOrdering(),
    office=WebsiteOffice(),
    refusals=WebsiteRefusals(),
)
