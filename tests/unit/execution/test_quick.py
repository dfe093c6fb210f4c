from __future__ import annotations

import gc

import pytest
from behave import model_core
from behave.model_type import Status

from support.execution._quick import forgotten, lasting, quick_answers


def _answers() -> dict[str, list[object]]:
    """What every status answers to every question without an argument, and whether it equals anything."""
    questions = ("has_failed", "is_passed", "is_error", "is_hook_error", "is_untested", "is_pending", "is_undefined")
    found: dict[str, list[object]] = {
        name: [getattr(each, name)() for each in Status] for name in (*questions, "is_final")
    }
    others = [*Status, *(each.name for each in Status), "no status", 3, None]
    found["equals"] = [[each == other for other in others] for each in Status]
    found["differs"] = [[each != other for other in others] for each in Status]
    return found


def _interrupt() -> None:
    raise InterruptedError


def test_a_status_means_the_same_quickly() -> None:
    """Every status answers every question, and equals its name, as without the short cuts."""
    before = _answers()
    with quick_answers():
        assert _answers() == before


def test_behave_is_as_it_was_afterwards() -> None:
    """The short cuts are taken away again, also after an error."""
    before = Status.__eq__, Status.has_failed, model_core.make_relpath_if_possible
    with pytest.raises(InterruptedError), quick_answers():
        _interrupt()
    assert (Status.__eq__, Status.has_failed, model_core.make_relpath_if_possible) == before


def test_what_lasts_is_not_collected_until_it_is_forgotten() -> None:
    """The collector pauses while the suite is read, leaves that alone from then on, and has it back after the run."""
    assert gc.isenabled()
    before = gc.get_freeze_count()
    with forgotten():
        with lasting():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
    assert gc.get_freeze_count() == 0
