Feature: Mails
  A customer is told by mail what became of her order and of her account: once, and of nothing that did not happen.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account

  Rule: Each thing that happens to an order is told once

    Scenario: A customer whose order was shipped and refunded has one mail of each
      Given Ada has ordered 2 "Earl Grey" through the app
      And the order has been shipped
      When Olivia refunds the order through the app
      Then Ada receives one mail that confirms the order
      And Ada receives one mail that says that the order is on its way
      And Ada receives one mail that confirms the refund
      And Ada receives no mail that confirms the cancellation

    Scenario: A customer who cancels is told which sum goes back
      Given Ada has ordered 2 "Earl Grey" through the app
      When Ada cancels the order through the app
      Then Ada receives one mail that confirms the cancellation
      And Ada's mail that confirms the cancellation says "£9.00"
      And Ada receives no mail that confirms the refund

    Scenario: A customer who is given her money back is told which sum
      Given Ada has ordered 2 "Earl Grey" through the app
      And the order has been shipped
      When Olivia refunds the order through the app
      Then Ada's mail that confirms the refund says "£9.00"

    Scenario: A customer is told what she has ordered
      When Ada orders 2 "Earl Grey" through the app
      Then Ada's mail that confirms the order says "Earl Grey"
      And Ada's mail that confirms the order says "£9.00"

  Rule: What was refused at once is not mailed

    Scenario: A customer whose card was declined has no confirmation
      When Ada orders 1 "Earl Grey" through the app with a card that is declined
      Then Ada is told "The card was declined. Nothing was ordered."
      And Ada receives no mail that confirms the order
      And Ada receives no mail that says that the order did not come about

    Scenario: A customer who cannot cancel any more has no mail that confirms a cancellation
      Given Ada has ordered 1 "Earl Grey" through the app
      And the order has been shipped
      When Ada cancels the order through the app
      Then Ada is told "An order that is shipped cannot be cancelled."
      And Ada receives no mail that confirms the cancellation

    Scenario: Whoever tries to open a second account is not welcomed again
      When Ada opens an account through the app
      Then Ada is told "An account with this e-mail address already exists."
      And Ada receives one mail that welcomes her

  Rule: A mail goes to the one whom it concerns

    Scenario: A customer learns nothing of the order of another
      Given Ben has an account
      When Ada orders 1 "Earl Grey" through the app
      Then Ada receives one mail that confirms the order
      And Ben receives no mail that confirms the order
