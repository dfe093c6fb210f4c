"""What is private on a page is covered on its picture: the pixels do not depend on what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import Suite

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = ("iiii", "4111 1111 1111")


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], bytes]:
    """The picture of the page on which these words were typed into a field; one run has made them all."""
    suite = Suite(tmp_path_factory.mktemp("pixels"))
    typed = [(words, field) for words in WORDS for field in ("Password", "Card number", "Note")]
    suite.scenarios({f"{field} {words}": [f'When "{words}" is typed as the {field}', "Then it fails"]
                     for words, field in typed})  # fmt: skip
    assert suite.behave().returncode == 1

    def find(words: str, field: str) -> bytes:
        evidence = suite.outcomes()[f"{field} {words}"].evidence
        (seen,) = (each.file for each in evidence if each.kind == "browser.screenshot")
        assert seen
        return (suite.folder / "reports" / "latest" / seen).read_bytes()

    return find


@pytest.mark.parametrize("field", ["Password", "Card number"])
def test_a_masked_field_looks_the_same_whatever_was_typed(picture: Callable[[str, str], bytes], field: str) -> None:
    """Pixel by pixel, and also in length."""
    assert picture(WORDS[0], field) == picture(WORDS[1], field)


def test_an_open_field_shows_what_was_typed(picture: Callable[[str, str], bytes]) -> None:
    """The comparison sees a difference of a few letters."""
    assert picture(WORDS[0], "Note") != picture(WORDS[1], "Note")
