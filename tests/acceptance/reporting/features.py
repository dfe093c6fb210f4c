"""The features of the suite that goes wrong: what a row of the truth table names has a title of its own."""

from __future__ import annotations

from typing import Final

PLAIN: Final = """
Feature: Steps
  Scenario: passes
    Given all is well

  Scenario: fails
    Given all is well
    Then a basket costs 20.00
    And all is well

  Scenario: fails without a word
    Then nothing is said

  Scenario: raises what is no AssertionError
    When the till breaks

  Scenario: says what nobody has defined
    When all are well
    Then all is well

  Scenario: says what nobody has defined, after a failure
    Then a basket costs 20.00
    When all are well

  Scenario: is not implemented
    When it is not implemented

  Scenario: is pending
    When it is pending

  @wip
  Scenario: is pending and in work
    When it is pending

  Scenario: fails in a step of a step
    Then steps are in a step

  @continued
  Scenario: goes on after a failure
    Then a basket costs 20.00
    And the till breaks
    And all is well

  @retried
  Scenario: passes at the third try
    Then it works at the third try

  @retried
  Scenario: fails at every try
    Then a basket costs 20.00

  @excluded
  Scenario: is excluded by a tag
    Then a basket costs 20.00

  @skipped_by_hook
  Scenario: is skipped by a hook
    Then a basket costs 20.00

  Scenario: is skipped by a step
    Given all is well
    When the rest does not matter
    Then a basket costs 20.00

  @skipped_too_late
  Scenario: fails and is skipped afterwards
    Then a basket costs 20.00

  Scenario: has no steps

  Scenario: the total -- with tax
    Given all is well

  Scenario: the total -- without tax
    Then a basket costs 20.00

  Scenario Outline: costs <price>
    Then a basket costs <price>

    Examples: prices -- of tea
      | price |
      | 18.00 |
      | 20.00 |

  Scenario Outline: costs what it costs
    Then a basket costs <price>

    Examples:
      | price |
      | 18.00 |
      | 19.00 |
"""

RULES: Final = """
Feature: Rules
  Rule: what is promised
    Background:
      Given all is well

    Scenario: passes in a rule
      Then a basket costs 18.00

    Scenario: fails in a rule
      Then a basket costs 20.00

    Scenario Outline: a row in a rule
      Then a basket costs <price>

      Examples:
        | price |
        | 18.00 |
        | 21.00 |

  Rule: what its background breaks
    Background:
      Given the till breaks

    Scenario: fails in the background of a rule
      Then all is well
"""

ARGUMENTS: Final = """
Feature: Step arguments
  Rule: what steps bring along
    Scenario: passes in a rule with a table
      Then these are sold
        | tea | cake |
        | 1   | 2    |

    Scenario: fails in a rule with a table
      Then these are not sold
        | tea | cake |
        | 1   | 2    |

    Scenario: passes in a rule with a doc string
      Then this is said
        '''
        Tea, please.
        '''

    Scenario: fails in a rule with a doc string
      Then this is not said
        '''
        Tea, please.
        '''
"""

EXPECTED: Final = """
Feature: Expected failures
  @xfail
  Scenario: fails as expected
    Then a basket costs 20.00

  @xfail
  Scenario: passes against expectation
    Given all is well
"""

NAMESAKES: Final = {
    "features/namesakes/one.feature": """
Feature: Namesakes
  Scenario: has a namesake
    Given all is well
""",
    "features/namesakes/two.feature": """
Feature: Namesakes
  Scenario: has a namesake
    Then a basket costs 20.00
""",
}


def scenario(title: str, *tags: str, step: str = "all is well", indent: str = "  ") -> str:
    """One scenario of one step."""
    tagged = "".join(f"{indent}@{tag}\n" for tag in tags)
    return f"{tagged}{indent}Scenario: {title}\n{indent}  Given {step}\n"


def feature(title: str, *scenarios: str, tag: str = "") -> str:
    """A feature of scenarios, tagged or not."""
    return "\n".join([f"@{tag}" if tag else "", f"Feature: {title}", *scenarios])


def rule(title: str, *scenarios: str, tag: str = "") -> str:
    """A rule of scenarios, tagged or not."""
    return "\n".join([f"  @{tag}" if tag else "", f"  Rule: {title}", *scenarios])
