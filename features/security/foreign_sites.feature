Feature: Foreign sites
  What a customer does on the website she does herself: no other site can do it in her name.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account
    And Ada is signed in on the website

  Rule: Only the shop's own website acts for a customer

    Scenario: A foreign site cannot sign a customer out
      When a foreign site tries to sign her out
      Then the foreign site is refused
      And Ada is signed in

    Scenario: A foreign site cannot order in a customer's name
      When a foreign site tries to order in her name
      Then the foreign site is refused
      And the books show no order

  Rule: What a customer writes is shown and never obeyed

    Scenario Outline: A name that looks like an instruction is shown as it was written <place>
      When Ben opens an account <place> under the name "<name>"
      Then Ben is greeted as "<name>"

      Examples:
        | place           | name                       |
        | on the website  | <b>Ben</b>                 |
        | on the website  | {{ 7 * 7 }}                |
        | through the app | Ben'; DROP SCHEMA x; -- |
