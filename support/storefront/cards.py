"""The cards of the bank's sandbox, in the words of features: what stands on them, and how their bank behaves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..world import World


@dataclass(frozen=True, slots=True)
class Card:
    """What a customer copies from her card, and the words for it, which are all that is shown of it."""

    number: str = field(default="4242424242424242", repr=False)
    expiry: str = "12/35"
    security_code: str = field(default="123", repr=False)
    words: str = field(default="a good card", compare=False)

    def __str__(self) -> str:
        return self.words


GOOD_CARD: Final = Card()

CARDS: Final = {
    "a good card": GOOD_CARD,
    "a card that is declined": Card("4000000000000002"),
    "a card without enough money": Card("4000000000009995"),
    "a card that the bank calls expired": Card("4000000000000069"),
    "a card whose bank refuses": Card("4000000000000119"),
    "a card whose bank is slow": Card("4000000000000259"),
    "a card whose bank loses the answer": Card("4000000000000341"),
    "a card whose bank is silent": Card("4000000000000424"),
    "a card with a mistyped number": Card("4242424242424241"),
}

CARD: Final = rf"{'|'.join(CARDS)}|a card that expires in \d\d/\d\d|a card with the security code \d+"


def read_card(words: str) -> Card:
    """The card that a sentence speaks of."""
    if expiry := re.fullmatch(r"a card that expires in (.+)", words):
        return replace(GOOD_CARD, expiry=expiry[1], words=words)
    if code := re.fullmatch(r"a card with the security code (.+)", words):
        return replace(GOOD_CARD, security_code=code[1], words=words)
    return replace(CARDS[words], words=words)


def at_hand(world: World, card: Card) -> Card:
    """The card, whose number no exhibit may show from now on: a mistyped one has not even the shape of a card's."""
    world.evidence.hide(card.number)
    return card
