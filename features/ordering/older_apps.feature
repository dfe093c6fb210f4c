Feature: Older apps
  An app that a customer has not renewed yet goes on working until the day that was announced to it. It knows fewer
  words: "placed" is an order that stands, "cancelled" one that does not, and between them the bank is still awaited.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account

  Rule: An order is the same order, whichever app looks at it

    Scenario: What was ordered through the older app is found through the new one
      Given Ada has ordered 2 "Earl Grey" through the older app
      When Ada orders 1 "Earl Grey" through the app
      Then Ada finds orders worth £4.50 and £9.00 through the app, the newest first

    Scenario: What was ordered through the new app is found through the older one
      Given Ada has ordered 2 "Earl Grey" through the app
      When Ada orders 1 "Earl Grey" through the older app
      Then Ada finds orders worth £4.50 and £9.00 through the older app, the newest first
      And the bank has taken £13.50

    Scenario Outline: An order that is <state> is shown as <shown> by the older app, which knows fewer words
      Given Ada has ordered 2 "Earl Grey" through the app
      And the order has been <state>
      When Ada looks at the order through the older app
      Then Ada sees the order <shown>

      Examples:
        | state     | shown     |
        | confirmed | placed    |
        | shipped   | placed    |
        | delivered | placed    |
        | cancelled | cancelled |
        | refunded  | cancelled |

    Scenario: An order that waits for the bank still waits in the older app
      Given Ada waits for a silent bank with an order for 1 "Earl Grey"
      When Ada looks at the order through the older app
      Then Ada sees the order still waiting

    Scenario: An order that did not come about is shown as cancelled by the older app
      Given it is 10:00 on 2 March 2026 in the shop
      And Ada waits for a silent bank with an order for 1 "Earl Grey"
      And 15 minutes have passed
      And the order has been rejected
      When Ada looks at the order through the older app
      Then Ada sees the order cancelled

    Scenario Outline: An order that <state> is shown as cancelled by the older app
      Given Ada has ordered 2 "Earl Grey" through the app
      And the payment desk cannot reach the bank
      And the order <state>
      When Ada looks at the order through the older app
      Then Ada sees the order cancelled

      Examples:
        | state              |
        | is being cancelled |
        | is being refunded  |

  Rule: The older app works until its last day is over, and learns in time which day that is

    Scenario: The older app learns its last day with every order
      When Ada orders 1 "Earl Grey" through the older app
      Then the books show 1 order of Ada worth £4.50
      And the older app is told that it works until 30 June 2027

    Scenario: In the last moment of its last day the older app still orders
      Given it is 23:59:59 on 30 June 2027 in the shop
      When Ada orders 1 "Earl Grey" through the older app
      Then the books show 1 order of Ada worth £4.50

    Scenario: When its last day is over the older app orders nothing any more
      Given it is 00:00:00 on 1 July 2027 in the shop
      When Ada orders 1 "Earl Grey" through the older app
      Then Ada is told "This version of the app is no longer served. Please update it."
      And the books show no order of Ada
      And the bank has taken nothing

    Scenario: When its last day is over the older app shows no order any more
      Given Ada has ordered 2 "Earl Grey" through the app
      And it is 00:00:00 on 1 July 2027 in the shop
      When Ada looks at the order through the older app
      Then Ada is told "This version of the app is no longer served. Please update it."

    Scenario: In the last moment of its last day the older app still shows an order
      Given Ada has ordered 2 "Earl Grey" through the app
      And it is 23:59:59 on 30 June 2027 in the shop
      When Ada looks at the order through the older app
      Then Ada sees the order placed

    Scenario: When the older app has ended, the new one goes on
      Given it is 00:00:00 on 1 July 2027 in the shop
      When Ada orders 1 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £4.50
