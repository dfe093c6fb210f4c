"""How large evidence may be, and whose actions it belongs to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from support.core import Evidence, Exhibit, Redactor
from support.core._bounds import LARGEST_BINARY, LONGEST_TEXT


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    """Of 50 MB one million characters are kept, and how many are missing."""
    evidence = Evidence(Redactor())
    evidence.keep(Exhibit("attachment", "dump", "x" * 50_000_000))
    body = str(evidence.all()[0].body)
    assert body.endswith(f"\n[cut: {50_000_000 - LONGEST_TEXT:,} of 50,000,000 characters]")
    assert len(body) < LONGEST_TEXT + 100


@pytest.mark.parametrize("where", [LONGEST_TEXT - 10, LONGEST_TEXT + 16_384 - 10], ids=["end", "first cut"])
@pytest.mark.parametrize("before", ["", "tea-time-canary " * 5_000], ids=["alone", "after others"])
def test_a_cut_goes_through_no_secret(where: int, before: str) -> None:
    """A secret across the end is left out whole, wherever the cut falls and however much shorter the text became."""
    text = before + "x" * (where - len(before)) + "tea-time-canary" + "x" * 100_000
    evidence = Evidence(Redactor(secrets=["tea-time-canary"]))
    evidence.keep(Exhibit("attachment", "dump", text))
    assert "tea" not in str(evidence.all()[0].body)


def test_a_file_that_is_too_large_is_replaced_by_a_line() -> None:
    """A picture of the largest size stays; one byte more is told by type and size."""
    evidence = Evidence(Redactor())
    for size in (LARGEST_BINARY, LARGEST_BINARY + 1):
        evidence.keep(Exhibit("attachment", "picture", b"\x89" * size, "image/png"))
    first, second = evidence.all()
    assert (len(first.body), first.media_type) == (LARGEST_BINARY, "image/png")
    assert second.body == "[left out: image/png, 10,485,761 bytes; one file may have 10,485,760]"
    assert second.media_type == "text/plain"


def test_what_threads_leave_belongs_to_what_started_them() -> None:
    """Evidence and actions of other threads hang under the action that the scenario is in at that moment."""
    evidence = Evidence(Redactor())

    def order(name: str) -> None:
        evidence.keep(Exhibit("http.exchange", f"before {name}"))
        with evidence.action(f"{name} pays"):
            evidence.keep(Exhibit("http.exchange", f"{name} paid"))

    with evidence.action("several people order"), ThreadPoolExecutor(2) as people:
        list(people.map(order, ("Ada", "Ben")))
    evidence.keep(Exhibit("http.exchange", "afterwards"))
    titles = [action.title for action in evidence.actions()]
    assert [action.parent for action in evidence.actions()] == [None, 0, 0]
    found = {seen.summary: seen.action for seen in evidence.all()}
    assert found == {
        "before Ada": 0, "before Ben": 0, "afterwards": None,
        "Ada paid": titles.index("Ada pays"), "Ben paid": titles.index("Ben pays"),
    }  # fmt: skip
