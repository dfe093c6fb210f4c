@smoke
Feature: The shop is open
  The first look at an environment: if one of these fails, nothing else is worth trying.

  Scenario: Every part of the system is well
    Then every part of the system is well

  Scenario: A visitor sees what the shop sells
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    When a visitor enters the shop
    Then the visitor sees "Earl Grey" for £4.50
