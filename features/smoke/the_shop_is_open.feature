@smoke
Feature: The shop is open
  The first look at an environment: if one of these fails, nothing else is worth trying.

  Scenario: Nothing is out of order
    Then every department and every store is well

  Scenario: A visitor sees what the shop sells
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    When a visitor enters the shop
    Then the visitor sees "Earl Grey" for £4.50

  Scenario: A visitor can become a customer
    When Ada opens an account through the app
    Then Ada is signed in
