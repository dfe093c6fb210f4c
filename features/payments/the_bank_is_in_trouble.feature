Feature: The bank is in trouble
  When the bank does not work, the shop says so at once, takes nothing, and comes back by itself.

  Background:
    Given the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account

  Rule: While the bank cannot be reached nothing is ordered

    Scenario Outline: Nothing is ordered <place> while the bank is unreachable
      Given Ada is about to pay for 2 "Earl Grey" <place>
      And the bank is unreachable for the payment desk
      When Ada pays
      Then Ada is asked to try again in a moment
      And the books show no order of Ada
      And 10 "Earl Grey" are left
      And the bank has taken nothing

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: After five failures running the shop asks the bank no more for half a minute

    Scenario: After four failures the bank is still asked
      Given it is 10:00 on 2 March 2026 in the shop
      And the bank has failed the shop 4 times running
      When Ada orders 2 "Earl Grey" through the app
      Then Ada sees her order confirmed with a total of £9.00

    Scenario: After five failures a customer need not wait to be refused
      Given it is 10:00 on 2 March 2026 in the shop
      And the bank has failed the shop 5 times running
      When Ada orders 2 "Earl Grey" through the app
      Then Ada is asked to try again in a moment
      And the books show no order of Ada
      And 10 "Earl Grey" are left
      And the bank has taken nothing

    Scenario Outline: After <duration> the bank <answer>
      Given it is 10:00 on 2 March 2026 in the shop
      And the bank has failed the shop 5 times running
      And <duration> have passed
      When Ada orders 2 "Earl Grey" through the app
      Then the books show <orders> orders of Ada worth <worth>
      And the bank has taken <worth>

      Examples: a moment before and at half a minute
        | duration   | answer             | orders | worth |
        | 29 seconds | is not asked yet   | 0      | £0.00 |
        | 30 seconds | is asked once more | 1      | £9.00 |

    Scenario: The trouble of one shop is not the trouble of another
      Given the bank has failed another shop 5 times running
      When Ada orders 2 "Earl Grey" through the app
      Then Ada sees her order confirmed with a total of £9.00
      And the bank has taken £9.00

  Rule: A payment whose outcome is not known yet is settled once

    Scenario: An order whose payment is answered too late is confirmed by itself
      Given Ada is about to pay for 2 "Earl Grey" through the app
      And the payment desk answers the order desk too late once
      When Ada pays
      Then the order went through "placed, confirmed"
      And Ada receives one mail that confirms the order
      And the books show 1 order of Ada worth £9.00
      And the bank has taken £9.00

  Rule: What the bank has taken is what the orders are worth

    Scenario: A day of every kind of luck adds up
      Given Ada has ordered 2 "Earl Grey" through the app
      And the order has been refunded
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been cancelled
      When Ada orders 1 "Earl Grey" on the website with a card that is declined
      Then the bank has taken exactly what the orders are worth
