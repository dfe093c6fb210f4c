"""What the next page says about what was done: kept in a cookie, shown once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

LONGEST = 120


@dataclass(frozen=True)
class Notice:
    """A sentence, and where to go from there, if anywhere."""

    words: str
    path: str = ""
    link: str = ""


NOTICES = {
    "welcome": Notice("Welcome, {about}"),
    "registered": Notice("Your account is ready. Please sign in."),
    "signed-out": Notice("You are signed out."),
    "sign-in-first": Notice("Please sign in to order."),
    "sign-in-to-see": Notice("Please sign in to see this page."),
    "sign-in-to-check": Notice("Please sign in to see whether your order was placed."),
    "added": Notice("{about} is in your basket.", "/basket", "See your basket"),
    "changed": Notice("Your basket is changed."),
    "removed": Notice("{about} is no longer in your basket."),
    "cancelled": Notice("Your order is cancelled. Your money is on its way back to you."),
    "cancelling": Notice("Your order is being cancelled. You will get an e-mail."),
    "saved": Notice("{about} is saved."),
    "offered": Notice("{about} is on the shelf now."),
    "order-changed": Notice("{about}."),
}


def notice(kind: str, about: str = "") -> str:
    """Return what the cookie keeps: which notice, and what it is about."""
    return f"{kind}|{quote(about[:LONGEST], safe='')}"


def read_notice(kept: str) -> Notice | None:
    """Return the notice that a cookie kept, ``None`` where it kept none that is known."""
    kind, _, about = kept.partition("|")
    known = NOTICES.get(kind)
    if known is None:
        return None
    return Notice(known.words.format(about=unquote(about)[:LONGEST]), known.path, known.link)
