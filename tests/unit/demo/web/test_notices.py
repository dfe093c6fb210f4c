"""What the next page says."""

from __future__ import annotations

import pytest

from demo.storefront.web.notices import LONGEST, notice, read_notice


@pytest.mark.parametrize("name", ["Earl Grey", "Tea; £4 | “green”", "煎茶", "{words}", "100 %"])
def test_notice_says_what_it_is_about(name: str) -> None:
    """Whatever a product is called, the next page calls it so, and the cookie keeps it in plain signs."""
    kept = notice("added", name)
    found = read_notice(kept)
    assert kept.isascii()
    assert ";" not in kept
    assert found is not None
    assert found.words == f"{name} is in your basket."


@pytest.mark.parametrize("kept", ["", "unknown", "unknown|x", "|"])
def test_unknown_notice_is_not_shown(kept: str) -> None:
    """A cookie that we did not write says nothing."""
    assert read_notice(kept) is None


def test_notice_is_not_longer_than_a_line() -> None:
    """Nobody's cookie fills a page."""
    found = read_notice("saved|" + "x" * 1000)
    assert found is not None
    assert len(found.words) <= LONGEST + len(" is saved.")
