Feature: Foreign sites
  What a customer does on the website she does herself: no other site that she visits meanwhile can do it in her name.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account
    And Ada is signed in on the website

  Rule: No other site acts for a customer

    Scenario: A foreign site cannot sign a customer out
      When a foreign site tries to sign Ada out
      Then the foreign site is refused
      And Ada is signed in

    Scenario: A foreign site cannot order in a customer's name
      When a foreign site tries to order in Ada's name
      Then the foreign site is refused
      And the books show no order
