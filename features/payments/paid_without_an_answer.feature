Feature: Paid, and no answer yet
  Between paying and confirming much can happen. Whoever has paid gets what she has ordered, or her money back.

  Background:
    Given it is 10:00 on 2 March 2026 in the shop
    And the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account
    And Ada has paid for 2 "Earl Grey", and since then the order desk cannot reach the stock room

  Rule: Nobody is charged without an order

    Scenario: What is confirmed just before the 15 minutes are over is ordered and paid once
      When the stock room can be reached again 14 minutes and 59 seconds later
      Then the order went through "placed, confirmed"
      And the books show 1 order of Ada worth £9.00
      And the bank has taken £9.00
      And the bank has taken exactly what the orders are worth
      And 8 "Earl Grey" are left
      And Ada receives one mail that confirms the order

    Scenario: What is not confirmed within 15 minutes did not come about, and the money goes back
      When the stock room can be reached again 15 minutes later
      Then the order went through "placed, rejected"
      And the books show no order of Ada
      And the bank has given back £9.00
      And the bank has taken nothing
      And 10 "Earl Grey" are left
      And Ada receives one mail that says that the order did not come about
