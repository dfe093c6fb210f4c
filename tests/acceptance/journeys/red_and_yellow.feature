Feature: Red and yellow
  Scenarios that must not pass, each for a reason of its own; they are run by test_verdicts.py.

  Rule: What the product owes is red

    Scenario: A promise that is not on the page
      When a visitor enters the shop
      Then the visitor sees "Earl Grey" for £4.50

    Scenario: A control that never appears
      When a visitor orders 1 "Earl Grey" on the website
      Then the visitor is asked to sign in

    Scenario: A promise that is not in the answer
      When Ada opens an account through the app
      Then Ada is told "We are closed."

  Rule: What we or the environment owe is yellow

    Scenario: A step that nobody has prepared
      Then Ada is told "We are closed."

    Scenario: A sentence that nobody has written
      When Ada opens an acount through the app
      Then Ada is signed in
