Feature: Keeping shops and customers apart
  An account and a session hold for one shop, and what one customer has ordered no other sees.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account

  Rule: Being signed in holds for one shop

    Scenario Outline: A customer who goes on to another shop is asked to sign in there <place>
      Given Ada is signed in <place>
      When Ada carries her session to another shop
      Then Ada is asked to sign in
      And Ada is not signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: The owner of one shop is asked to sign in at another
      Given Olivia works for the shop
      And Olivia is signed in through the app
      When Olivia carries her session to another shop
      Then Olivia is asked to sign in

  Rule: An account holds for one shop

    Scenario: A customer of another shop is not known in this one
      Given Ben has an account in another shop
      When Ben signs in on the website
      Then Ben is told "The e-mail address or the password is wrong."
      And Ben is not signed in

    Scenario: The owner of one shop is not known in another
      Given Olivia works for the shop
      When Olivia signs in to the other shop through the app
      Then Olivia is told "The e-mail address or the password is wrong."
      And Olivia is not signed in

  Rule: No customer sees the order of another

    Scenario Outline: A customer who asks for the order of another is shown none <place>
      Given Ada has ordered 1 "Earl Grey" <place>
      And Ben has an account
      When Ben asks for Ada's order <place>
      Then Ben is told "You have no such order."

      Examples:
        | place           |
        | on the website  |
        | through the app |
