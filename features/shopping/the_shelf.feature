Feature: The shelf
  Whoever enters the shop sees what it sells, at which price, and whether any of it is left.

  Rule: The shelf shows every product with today's price

    Scenario: A visitor sees each product with its price
      Given the shop sells
        | product   | price |
        | Earl Grey | £4.50 |
        | Assam     | £5.25 |
      When a visitor enters the shop
      Then the visitor sees "Earl Grey" for £4.50
      And the visitor sees "Assam" for £5.25

    Scenario: A new price is on the shelf at once
      Given the shop sells
        | product   | price |
        | Earl Grey | £4.50 |
      And a visitor has seen "Earl Grey" for £4.50
      And the price of "Earl Grey" has risen to £5.00
      When the visitor comes back to the shop
      Then the visitor sees "Earl Grey" for £5.00

  Rule: What is sold out is not for sale

    Scenario: The last piece is still for sale
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 1     |
      When a visitor enters the shop
      Then "Earl Grey" is for sale

    Scenario: A product of which nothing is left is shown as sold out
      Given the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 0     |
      When a visitor enters the shop
      Then the visitor reads "Sold out" beside "Earl Grey"
      And "Earl Grey" is not for sale

  Rule: A shop may tell that few pieces are left: three or fewer

    Scenario Outline: With the notice turned on, a stock of <stock> reads as <words>
      Given the shop offers a low-stock notice
      And the shop sells
        | product   | price | stock   |
        | Earl Grey | £4.50 | <stock> |
      When a visitor enters the shop
      Then the visitor reads <words> beside "Earl Grey"

      Examples: both sides of where the notice begins and ends
        | stock | words         |
        | 4     | no notice     |
        | 3     | "Only 3 left" |
        | 1     | "Only 1 left" |
        | 0     | "Sold out"    |

    Scenario Outline: With the notice turned off, a stock of <stock> reads as <words>
      Given the shop does not offer a low-stock notice
      And the shop sells
        | product   | price | stock   |
        | Earl Grey | £4.50 | <stock> |
      When a visitor enters the shop
      Then the visitor reads <words> beside "Earl Grey"

      Examples:
        | stock | words      |
        | 3     | no notice  |
        | 0     | "Sold out" |

    Scenario Outline: Of a stock of <stock>, one piece that is held for a customer is not left: <words>
      Given the shop offers a low-stock notice
      And the shop sells
        | product   | price | stock   |
        | Earl Grey | £4.50 | <stock> |
      And Ada has an account
      And Ada waits for a silent bank with an order for 1 "Earl Grey"
      When a visitor enters the shop
      Then the visitor reads <words> beside "Earl Grey"

      Examples:
        | stock | words         |
        | 5     | no notice     |
        | 4     | "Only 3 left" |
        | 1     | "Sold out"    |

    Scenario: A visitor who comes back sees what others have left meanwhile
      Given the shop offers a low-stock notice
      And the shop sells
        | product   | price | stock |
        | Earl Grey | £4.50 | 4     |
      And a visitor has seen "Earl Grey" for £4.50
      And Ada has an account
      And Ada has ordered 2 "Earl Grey" through the app
      When the visitor comes back to the shop
      Then the visitor reads "Only 2 left" beside "Earl Grey"
