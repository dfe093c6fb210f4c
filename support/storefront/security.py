"""What strangers try, and what a careful shop makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from ..core import Note
from .accounts import be_signed_in
from .app import APP
from .app.exchange import THE_ANSWER, bearer
from .cards import GOOD_CARD, at_hand
from .channel import used
from .goods import Goods
from .ordering import have_ordered
from .people import person
from .shop import FRONT, shop
from .website.window import shop_url

if TYPE_CHECKING:
    from ..world import World

FORGERY = Note[int]("what came of a foreign site's attempt")


@dataclass(frozen=True, slots=True)
class Trick:
    """What a foreign site can try in the name of a customer: where it sends what."""

    path: str
    entered: dict[str, str]


_PURCHASE: Final = {"sku": "earl-grey", "quantity": "1", "key": "a-strangers", "amount": "4.50", "currency": "GBP"}
_CARD: Final = {"number": GOOD_CARD.number, "expiry": GOOD_CARD.expiry, "cvc": GOOD_CARD.security_code}

TRICKS: Final = {
    "sign Ada out": Trick("/sign-out", {}),
    "order in Ada's name": Trick("/checkout", _PURCHASE | _CARD),
}
"""Words for them."""


def order_often(world: World, name: str, orders: int, product: str) -> None:
    """Make sure that the customer has placed so many orders, through the app."""
    for number in range(1, orders + 1):
        with world.action(f"{name} orders {product}: order {number} of {orders}"):
            have_ordered(world, name, Goods(product, 1), APP)


def claim_role(world: World, name: str, role: str) -> None:
    """Ask for another account, which has that role in the shop, signed in as whoever asks."""
    be_signed_in(world, name, APP)
    who = person(world, name)
    body = {"name": who.name, "email": f"{role}-{who.email}", "password": who.password, "role": role}
    path = f"/accounts/v1/shops/{shop(world)}/staff"
    world.notes[THE_ANSWER] = world.http(FRONT).post(path, json=body, headers=bearer(world))
    used(world, APP)


def forge(world: World, trick: str) -> None:
    """Let a site that is not the shop send what the shop's own pages would, with the customer's cookies.

    A browser keeps the cookies back in most such cases; the shop may not rely on that.
    """
    at_hand(world, GOOD_CARD)
    entered: dict[str, str | float | bool] = {**TRICKS[trick].entered, "form_token": "guessed"}
    answer = world.browser().context.request.post(
        f"{shop_url(world)}{TRICKS[trick].path}", form=entered, headers=world.identity.headers(), max_redirects=0
    )
    world.notes[FORGERY] = answer.status


def expect_forgery_refused(world: World) -> None:
    """The foreign site was refused."""
    status = world.notes[FORGERY]
    assert status == HTTPStatus.FORBIDDEN, f"expected the foreign site to be refused (403), the shop says {status}"


def expect_session_out_of_reach(world: World) -> None:
    """The session's cookie is for no script, no other site, no other shop, and does not outlive the browser."""
    found = [cookie for cookie in world.browser().context.cookies() if cookie["name"] == "session"]
    assert len(found) == 1, f"expected one session's cookie, found {len(found)}"
    kept = {trait: found[0][trait] for trait in ("httpOnly", "sameSite", "path", "expires")}
    expected = {"httpOnly": True, "sameSite": "Lax", "path": f"/shops/{shop(world)}", "expires": -1}
    assert kept == expected, f"expected the session's cookie to be {expected}, found {kept}"
