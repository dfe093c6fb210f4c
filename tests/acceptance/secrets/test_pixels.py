"""What is private on a page is covered on its picture: the pixels do not depend on what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Suite


def picture(suite: Suite, words: str, field: str) -> bytes:
    """The picture of the page on which these words were typed into a field."""
    suite.scenario(f'When "{words}" is typed as the {field}', "Then it fails")
    result = suite.behave()
    (path,) = (suite.folder / "reports" / "latest" / "evidence").rglob("*screenshot.png")
    assert result.returncode == 1
    return path.read_bytes()


@pytest.mark.parametrize("field", ["Password", "Card number"])
def test_a_masked_field_looks_the_same_whatever_was_typed(suite: Suite, field: str) -> None:
    """Pixel by pixel, and also in length."""
    assert picture(suite, "iiii", field) == picture(suite, "4111 1111 1111", field)


def test_an_open_field_shows_what_was_typed(suite: Suite) -> None:
    """The comparison sees a difference of a few letters."""
    assert picture(suite, "iiii", "Note") != picture(suite, "4111 1111 1111", "Note")
