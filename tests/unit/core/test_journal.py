"""What a scenario has left is known after its process was killed, however that went."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from support.core import Evidence, Exhibit, Journal, Redactor, ScenarioIdentity, new_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIRST = ScenarioIdentity(new_run(), "tea-1")
SECOND = ScenarioIdentity(FIRST.run, "tea-1", attempt=2)


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal, closed at the end."""
    found = Journal()
    yield found
    found.close()


def killed_after(what: Callable[[], object]) -> None:
    """Do something in a forked process, and kill that."""
    if (pid := os.fork()) == 0:
        try:
            what()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)


def left(journal: Journal, redactor: Redactor) -> Evidence:
    """What one reads in another process."""
    found = Evidence(redactor)
    found.take_over(journal.read())
    return found


def test_what_a_killed_process_left_is_read_by_the_one_that_forked_it(journal: Journal) -> None:
    """Exhibits and actions are as they were, also bytes and broken text; an action that had not ended is broken."""
    exhibits = [
        Exhibit("http.exchange", "POST /orders -> 201", '{"id": 1}', "application/json", {"status": 201}, 5.0, 0),
        Exhibit("picture", "screen", b"\x89\x00PNG", "image/png", at=6.0),
        Exhibit("attachment", "torn", "\ud800", at=7.0, step=1, action=1),
    ]

    def scenario() -> None:
        evidence = Evidence(Redactor(), lambda: 2, journal.begin(FIRST))
        with evidence.action("pays", {"with": "card"}):
            evidence.keep(exhibits[0])
        ships = evidence.action("ships")
        ships.__enter__()
        for exhibit in exhibits[1:]:
            evidence.keep(exhibit)
        os.kill(os.getpid(), signal.SIGKILL)

    killed_after(scenario)
    told, found = journal.read(), left(journal, Redactor())
    assert (told.scenario_id, told.attempt) == ("tea-1", 1)
    assert [(each.summary, each.body, each.media_type, each.at, each.step, each.action) for each in found.all()] == [
        ("POST /orders -> 201", '{"id": 1}', "application/json", 5.0, 0, 0),
        ("screen", b"\x89\x00PNG", "image/png", 6.0, 2, 1),
        ("torn", "\ud800", "text/plain", 7.0, 1, 1),
    ]
    assert found.all()[0].data == {"status": 201}
    assert [(each.title, each.status, each.error, dict(each.parameters)) for each in found.actions()] == [
        ("pays", "passed", "", {"with": "card"}),
        ("ships", "broken", "The process ended in the middle of this.", {}),
    ]


def test_an_attempt_has_nothing_of_the_one_before(journal: Journal) -> None:
    """Not even if it has left less."""
    page = journal.begin(FIRST)
    page.exhibit(Exhibit("sql.query", "a long one", "x" * 100_000))
    journal.begin(SECOND)
    found = journal.read()
    assert (found.attempt, found.exhibits) == (2, [])


def test_what_a_thread_of_an_earlier_attempt_leaves_is_not_the_next_ones(journal: Journal) -> None:
    """Neither exhibits nor actions, whose numbers are those of other actions now."""
    evidence = Evidence(Redactor(), journal=journal.begin(FIRST))
    late = evidence.action("is late")
    late.__enter__()
    with Evidence(Redactor(), journal=journal.begin(SECOND)).action("pays"):
        evidence.keep(Exhibit("sql.query", "of the first"))
    late.__exit__(None, None, None)
    found = journal.read()
    assert (found.attempt, found.exhibits, [each.title for each in found.actions]) == (2, [], ["pays"])


@pytest.mark.parametrize("missing", [1, 5_000, 10_010])
def test_an_entry_that_was_written_in_part_is_left_out(journal: Journal, missing: int) -> None:
    """What came before it is there."""
    page = journal.begin(FIRST)
    page.exhibit(Exhibit("sql.query", "whole", "x"))
    page.exhibit(Exhibit("sql.query", "torn", "y" * 10_000))
    number = journal._file.fileno()
    os.ftruncate(number, os.fstat(number).st_size - missing)
    assert [each.summary for each in journal.read().exhibits] == ["whole"]


def test_what_cannot_be_written_stops_nobody(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full, or that takes a part, costs what did not fit; the rest is there."""
    page = journal.begin(FIRST)
    write = os.pwrite
    for short in (True, False):
        with monkeypatch.context() as full:
            full.setattr(os, "pwrite", _full(write) if short else _refused)
            page.exhibit(Exhibit("sql.query", "lost", "y" * 10_000))
    page.exhibit(Exhibit("sql.query", "kept"))
    assert [each.summary for each in journal.read().exhibits] == ["kept"]


def _full(write: Callable[[int, bytes, int], int]) -> Callable[[int, bytes, int], int]:
    return lambda number, content, at: write(number, content[:50], at)


def _refused(*_to: object) -> int:
    raise OSError(28, "No space left on device")


def test_a_process_that_a_step_has_forked_writes_nothing(journal: Journal) -> None:
    """Its evidence is a copy that nobody reads; it must not write over what its parent leaves."""
    page = journal.begin(FIRST)
    killed_after(lambda: page.exhibit(Exhibit("sql.query", "of a child")))
    page.exhibit(Exhibit("sql.query", "own"))
    assert [each.summary for each in journal.read().exhibits] == ["own"]


def test_a_secret_that_was_learnt_since_is_not_read(journal: Journal) -> None:
    """What was written before anybody knew it is cleaned when it is taken over."""
    evidence = Evidence(Redactor(), journal=journal.begin(FIRST))
    with evidence.action("says tea-time-canary"):
        evidence.keep(Exhibit("mail", "it is tea-time-canary", "tea-time-canary", data={"a": ["tea-time-canary"]}))
    found = left(journal, Redactor(secrets=["tea-time-canary"]))
    assert "canary" not in repr((found.all(), found.actions()))


def test_nothing_of_it_has_a_name(journal: Journal) -> None:
    """So nothing can be left behind."""
    assert os.fstat(journal._file.fileno()).st_nlink == 0
