"""What may be done, and what a sentence needs."""

from __future__ import annotations

import functools

import pytest

from support.core import CAPABILITIES, NotPermitted, Permit, RehearsalError, needed_by, needs


def test_what_is_granted_may_be_done() -> None:
    """A permit refuses nothing that it grants, and grants everything where no run has drawn it up."""
    for capability in CAPABILITIES:
        Permit().demand(capability, "something")
    Permit(frozenset({"write"}), "staging").demand("write", "PUT /x")


def test_a_refusal_says_what_was_not_done_and_the_way_out() -> None:
    """The error is yellow, names deed, profile and capability, and the tag that would have skipped the scenario."""
    with pytest.raises(NotPermitted) as caught:
        Permit(frozenset({"read"}), "staging").demand("disturb", "arranging an accident")
    assert isinstance(caught.value, RehearsalError)
    assert str(caught.value) == (
        "arranging an accident was refused before it was done: The profile 'staging' does not grant 'disturb' (arrange "
        "accidents in it). Tag the scenario @needs:disturb, or its sentence with needs('disturb'), and it is skipped "
        "there."
    )


def test_everything_that_is_missing_is_told() -> None:
    """A scenario that lacks two capabilities is told both, in the order in which they are listed."""
    told = Permit(frozenset({"read"}), "staging").lacks({"disturb", "write", "read"})
    assert told.index("'write'") < told.index("'disturb'")
    assert "'read'" not in told
    assert Permit(frozenset({"read"})).lacks({"read"}) == ""


def test_a_step_says_what_it_needs_also_through_what_wraps_it() -> None:
    """Needs add up, and are seen on a wrapped step."""

    @needs("write")
    @needs("read")
    def step() -> None:
        """Do nothing."""

    @functools.wraps(step)
    def wrapped() -> None:
        step()

    assert needed_by(step) == needed_by(wrapped) == {"read", "write"}
    assert needed_by(print) == frozenset()


def test_a_need_that_there_is_not_is_a_mistake() -> None:
    """A misspelt word is an error where it is written."""
    with pytest.raises(ValueError, match="'distrub'"):
        needs("distrub")
