"""The vocabulary of a suite: what is understood, what is not, and what is understood twice."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from behave.runner import the_step_registry

from support.core import ConfigurationError
from support.execution import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = """
    from behave import register_type
    register_type(Customer=lambda text: text)
"""

ORDERING = '''
    from behave import given, when, then

    @when('{customer:Customer} orders "{sku}"')
    def orders(context, customer, sku):
        """Place an order for one item and remember it.

        More.
        """

    @given("the shop is open")
    def is_open(context):
        """Nothing | to do."""

    @when("{who} waits")
    def waits(context, who):
        """Wait."""
'''

SIGNING_IN = '''
    from behave import step, when

    @when("Ada {verb}")
    def ada(context, verb):
        """Do as Ada does."""

    @step("nothing happens")
    def nothing(context):
        pass
'''


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite with two step files, parameter types, and a feature."""
    (tmp_path / "steps").mkdir()
    (tmp_path / "features").mkdir()
    (tmp_path / "environment.py").write_text(dedent(ENVIRONMENT))
    (tmp_path / "steps/ordering_steps.py").write_text(dedent(ORDERING))
    (tmp_path / "steps/signing_in_steps.py").write_text(dedent(SIGNING_IN))
    feature = """
        Feature: F
          Scenario: S
            Given the shop is open
            When Ada waits
            And nothing happens
            And Ada order "TEA"
            Then Ada waits
    """
    (tmp_path / "features/f.feature").write_text(dedent(feature))
    return tmp_path


@pytest.fixture
def vocabulary(suite: Path) -> Vocabulary:
    """The suite's vocabulary."""
    return Vocabulary.load(suite / "steps")


def test_loading_leaves_behave_alone(vocabulary: Vocabulary) -> None:
    """A vocabulary may be read beside a run, or beside another: nothing is registered afterwards."""
    assert len(vocabulary.definitions) == 5
    assert not any(the_step_registry.steps.values())


def test_a_sentence_is_matched_as_behave_would(vocabulary: Vocabulary) -> None:
    """By its kind and its words, parameter types included; `@step` matches any kind."""
    assert [each.promise for each in vocabulary.matches('Grace orders "TEA"', "when")] == [
        "Place an order for one item and remember it."
    ]
    assert vocabulary.matches('Grace orders "TEA"', "then") == []
    assert [each.keyword for each in vocabulary.matches("nothing happens", "then")] == ["Step"]


def test_sentences_that_mean_two_things_are_found(vocabulary: Vocabulary, suite: Path) -> None:
    """Behave would take the first definition silently; both are named, with the sentence and its place."""
    (found,) = vocabulary.ambiguous(suite / "features")
    assert {found.one.pattern, found.other.pattern} == {"{who} waits", "Ada {verb}"}
    assert "'When Ada waits' (" in str(found)
    assert "ordering_steps.py:15) and When Ada {verb}" in str(found)


def test_unknown_and_unused_sentences_are_found(vocabulary: Vocabulary, suite: Path) -> None:
    """What features say and no step knows, and what steps know and no feature says."""
    assert [each.partition(" (")[0] for each in vocabulary.undefined(suite / "features")] == ["Then Ada waits"]
    assert [each.pattern for each in vocabulary.unused(suite / "features")] == ['{customer:Customer} orders "{sku}"']


def test_the_nearest_sentences_ignore_values(vocabulary: Vocabulary) -> None:
    """Quoted words, numbers and placeholders do not count, a typing error hardly."""
    assert vocabulary.nearest('When Grace orders "COFFEE"')[0] == 'When {customer:Customer} orders "{sku}"'
    assert vocabulary.nearest("Given the shp is open") == ["Given the shop is open"]
    assert vocabulary.nearest("Then pigs fly over the moon") == []


def test_the_catalogue_is_the_same_every_time(vocabulary: Vocabulary, suite: Path) -> None:
    """Concepts by name, sentences as Given, When, Then, each with its promise; no date, no path."""
    page = vocabulary.catalogue()
    assert page == Vocabulary.load(suite / "steps").catalogue()
    assert page.endswith(
        dedent(
            """
            ## Ordering

            | | Sentence | What it does |
            |---|---|---|
            | Given | `the shop is open` | Nothing \\| to do. |
            | When | `{customer:Customer} orders "{sku}"` | Place an order for one item and remember it. |
            | When | `{who} waits` | Wait. |

            ## Signing in

            | | Sentence | What it does |
            |---|---|---|
            | When | `Ada {verb}` | Do as Ada does. |
            | any | `nothing happens` |  |
            """
        )
    )


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """No steps is no vocabulary."""
    with pytest.raises(ConfigurationError, match="There are no steps at"):
        Vocabulary.load(tmp_path / "steps")
