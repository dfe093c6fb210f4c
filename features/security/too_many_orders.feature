Feature: Too many orders
  A customer who orders faster than a hand can is asked to wait, so that the shop has time for all.

  Background:
    Given it is 10:00:30 on 3 March 2026 in the shop
    And the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account

  Rule: A customer places at most 20 orders from one full minute of the clock to the next

    Scenario: The twentieth order within a minute is accepted
      Given Ada has placed 19 orders for 1 "Earl Grey" within a minute
      When Ada orders 1 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £4.50
      And the books show 20 orders of Ada worth £90.00

    Scenario Outline: The twenty-first order within a minute is refused <place>
      Given Ada has placed 20 orders for 1 "Earl Grey" within a minute
      When Ada orders 1 "Earl Grey" <place>
      Then Ada is told "That was too fast. Try again in a minute."
      And the books show 20 orders of Ada worth £90.00

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: An order that the bank has declined counts as well
      Given Ada has placed 19 orders for 1 "Earl Grey" within a minute
      And Ada is about to pay for 1 "Earl Grey" through the app
      And Ada has tried to pay with a card that is declined and was told "The card was declined. Nothing was ordered."
      When Ada pays
      Then Ada is told "That was too fast. Try again in a minute."
      And the books show 19 orders of Ada worth £85.50

    Scenario: A second before the next minute of the clock the customer still has to wait
      Given Ada has placed 20 orders for 1 "Earl Grey" within a minute
      And 29 seconds have passed
      When Ada orders 1 "Earl Grey" through the app
      Then Ada is told "That was too fast. Try again in a minute."
      And the books show 20 orders of Ada worth £90.00

    Scenario: When the next minute of the clock begins the customer can order again
      Given Ada has placed 20 orders for 1 "Earl Grey" within a minute
      And 30 seconds have passed
      When Ada orders 1 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £4.50

    Scenario: Trying on makes nobody wait for longer
      Given Ada has placed 20 orders for 1 "Earl Grey" within a minute
      And 29 seconds have passed
      And Ada is about to pay for 1 "Earl Grey" through the app
      And Ada has tried to pay with a good card and was told "That was too fast. Try again in a minute."
      And a second has passed
      When Ada orders 1 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £4.50

  Rule: Whoever orders too fast slows nobody else down

    Scenario: Another customer orders while the first has to wait
      Given Ada has placed 20 orders for 1 "Earl Grey" within a minute
      And Ben has an account
      When Ben orders 1 "Earl Grey" through the app
      Then Ben sees the order confirmed with a total of £4.50
