"""What is promised of cards: words for each, and no number anywhere but at the till."""

from __future__ import annotations

from typing import cast

import pytest

from support.core import Evidence, Exhibit, Redactor, RunIdentity, ScenarioIdentity
from support.storefront.cards import CARDS, GOOD_CARD, Card, at_hand, read_card
from support.world import Stage, World


@pytest.mark.parametrize("words", [*CARDS, "a card that expires in 11/26", "a card with the security code 12"], ids=str)
def test_a_card_is_told_by_the_words_for_it(words: str) -> None:
    """What stands in a sentence is all that is shown of a card; number and security code are in no text of it."""
    card = read_card(words)
    assert str(card) == words
    assert card.number not in repr(card)
    assert "security_code" not in repr(card)


def test_the_words_do_not_make_another_card() -> None:
    """What the app knows of a card it knows of the same card under other words."""
    assert read_card("a card with the security code 123") == GOOD_CARD


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_what_is_at_hand_is_hidden(card: Card) -> None:
    """No exhibit shows the number of a card that is used: not even a mistyped one, which no check digit gives away."""
    identity = ScenarioIdentity(RunIdentity("r1", 7), "s1")
    world = World(identity, cast("Stage", None), Evidence(Redactor()))
    assert at_hand(world, card) is card
    world.evidence.keep(Exhibit("browser.text", f"typed {card.number}", f"Anything {card.number} else"))
    (seen,) = world.evidence.all()
    assert (seen.summary, seen.body) == ("typed [redacted]", "Anything [redacted] else")
