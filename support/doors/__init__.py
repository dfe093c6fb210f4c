"""The doors to a system: browser, HTTP, database, cache, messages, mailbox, clock. One library, one door.

`shown` makes what they left readable; `surroundings` tells what stood around a failure.

A door knows no system. It is made from an address, the scenario's identity, which it carries on every request, and a
place for evidence, which it leaves of everything it does; it opens at its first use and imports its library only then.
Red and yellow: what the product should have done and did not is PromiseBroken, whatever cannot be reached or read is
RehearsalError.
"""

from ._shown import shown
from ._surroundings import surroundings
from .browser import (
    ENGINES,
    BrowserDoor,
    BrowserFound,
    Browsers,
    BrowserUnavailable,
    Finding,
    Impact,
    NoBrowser,
    as_verdict,
    ensure_browser,
    find_browser,
    install_browser,
    install_system_browser,
    prove,
)
from .cache import CacheDoor
from .clock import ClockDoor
from .database import DatabaseDoor
from .http import Answer, HttpDoor
from .mailbox import Mail, MailboxDoor
from .messages import Message, MessagesDoor

__all__ = [
    "ENGINES",
    "Answer",
    "BrowserDoor",
    "BrowserFound",
    "BrowserUnavailable",
    "Browsers",
    "CacheDoor",
    "ClockDoor",
    "DatabaseDoor",
    "Finding",
    "HttpDoor",
    "Impact",
    "Mail",
    "MailboxDoor",
    "Message",
    "MessagesDoor",
    "NoBrowser",
    "as_verdict",
    "ensure_browser",
    "find_browser",
    "install_browser",
    "install_system_browser",
    "prove",
    "shown",
    "surroundings",
]
