Feature: Mails
  A customer is told by mail when her order was confirmed, did not come about, was cancelled, is on its way or was
  refunded, and when her account was opened or locked: once each, and of nothing that did not happen.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account

  Rule: A confirmation, a cancellation, a shipment and a refund are mailed once each, a delivery is not

    Scenario: A customer whose order was shipped and refunded has one mail of each
      Given Ada has ordered 2 "Earl Grey" through the app
      And the order has been shipped
      When Olivia refunds the order through the app
      Then Ada receives one mail that confirms the order
      And Ada receives one mail that says that the order is on its way
      And Ada receives one mail that confirms the refund
      And Ada receives no mail that confirms the cancellation

    Scenario: A customer who cancels has one mail of it, and none of a refund
      Given Ada has ordered 2 "Earl Grey" through the app
      When Ada cancels the order through the app
      Then Ada receives one mail that confirms the cancellation
      And Ada receives no mail that confirms the refund

    Scenario: A customer to whom an order was delivered has no mail of that
      Given Ada has ordered 2 "Earl Grey" through the app
      And the order has been shipped
      When Cleo delivers the order through the app
      Then Ada receives one mail that welcomes her
      And Ada receives one mail that confirms the order
      And Ada receives one mail that says that the order is on its way
      And Ada receives 3 mails in all

  Rule: A mail says what was ordered, and which sum goes back

    Scenario: A customer who cancels is told which sum goes back
      Given Ada has ordered 2 "Earl Grey" through the app
      When Ada cancels the order through the app
      Then Ada's mail that confirms the cancellation says "£9.00"

    Scenario: A customer whose order is refunded is told which sum goes back
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
