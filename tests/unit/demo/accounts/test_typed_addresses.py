"""How an address is compared that somebody typed to sign in."""

from __future__ import annotations

import pytest

from demo.storefront.accounts.rules import normal_email, typed_email


@pytest.mark.parametrize("typed", ["ada@example.com", "  Ada@Example.COM ", "ada@example.com\0", "\x1bada@example.com"])
def test_address_is_typed_as_it_was_registered(typed: str) -> None:
    """However an address is typed to sign in, it is the one that was registered."""
    assert typed_email(typed) == normal_email("ada@example.com")


def test_what_is_no_address_is_nobodys() -> None:
    """What is no address is not refused as such: the answer is that of an unknown one."""
    assert typed_email("Correct Horse") == "correct horse"
