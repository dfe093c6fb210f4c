Feature: The last piece
  The shop never sells a piece that it does not have, however many customers want it at once.

  Background:
    Given Ada has an account
    And Ben has an account

  Rule: An order is accepted only if every piece of it is there

    Scenario: The last two pieces are sold to one customer
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 2     |
      When Ada orders 2 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £9.00
      And no "Earl Grey" are left

    Scenario Outline: The last piece is sold <place>
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 1     |
      When Ada orders 1 "Earl Grey" <place>
      Then Ada sees the order confirmed with a total of £4.50
      And no "Earl Grey" are left

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: One piece more than there are is refused <place>
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 2     |
      When Ada orders 3 "Earl Grey" <place>
      Then Ada is told "Only 2 of Earl Grey are left."
      And the books show no order of Ada
      And the bank has taken nothing
      And 2 "Earl Grey" are left

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: What is sold out is refused
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 0     |
      When Ada orders 1 "Earl Grey" through the app
      Then Ada is told "Earl Grey is sold out."
      And the books show no order of Ada

    Scenario: If one product of several is missing, none is ordered
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 1     |
        | Assam     | £5.25 | 5     |
      And Ada has put 2 "Earl Grey" into the basket through the app
      And Ada has put 3 "Assam" into the basket through the app
      When Ada orders the basket through the app
      Then Ada is told "Only 1 of Earl Grey is left."
      And 5 "Assam" are left
      And the books show no order of Ada

  Rule: Whoever pays first gets the last piece

    Scenario: A customer who comes to pay too late is told so, and pays nothing
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 1     |
      And Ada is about to pay for 1 "Earl Grey" on the website
      And Ben has ordered 1 "Earl Grey" through the app
      When Ada pays
      Then Ada is told "Earl Grey is sold out."
      And the books show no order of Ada
      And the bank has taken exactly what the orders are worth

    Scenario: Of two customers at the same moment one gets the last piece
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 1     |
      When Ada and Ben order 1 "Earl Grey" at the same moment
      Then one of the two is done and the other refused
      And no "Earl Grey" are left
      And no piece is sold twice
      And the bank has taken exactly what the orders are worth

    Scenario: Two customers at the same moment both get what is there for both
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 2     |
      When Ada and Ben order 1 "Earl Grey" at the same moment
      Then the books show 1 order of Ada worth £4.50
      And the books show 1 order of Ben worth £4.50
      And no "Earl Grey" are left
      And no piece is sold twice
      And the bank has taken exactly what the orders are worth

  Rule: A piece is held for a customer who pays, for 15 minutes and no longer

    Scenario: Just before the 15 minutes are over, a held piece is nobody else's
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 1     |
      And it is 10:00 on 2 March 2026 in the shop
      And Ada waits for a silent bank with an order for 1 "Earl Grey"
      And 14 minutes and 59 seconds have passed
      When Ben orders 1 "Earl Grey" through the app
      Then Ben is told "Earl Grey is sold out."
      And the books show no order of Ben

    Scenario: After 15 minutes a held piece is free for everybody, and nothing is taken for it
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 1     |
      And it is 10:00 on 2 March 2026 in the shop
      And Ada waits for a silent bank with an order for 1 "Earl Grey"
      And 15 minutes have passed
      When Ben orders 1 "Earl Grey" through the app
      Then Ben sees the order confirmed with a total of £4.50
      And the bank has taken £4.50
