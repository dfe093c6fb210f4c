Feature: Keeping the shelf
  The owner decides at which price the shop sells, and how many pieces of a product there are.

  Background:
    Given the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account

  Rule: A new price holds at once for whatever is not yet ordered

    Scenario Outline: What the owner decides <place> is what a basket costs
      Given Ada has put 2 "Earl Grey" into the basket <place>
      When Olivia changes the price of "Earl Grey" to £5.05 <place>
      Then Ada finds in the basket
        | product   | pieces | worth  | a piece cost before |
        | Earl Grey | 2      | £10.10 | £4.50               |

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A piece costs more than nothing, and less than a million

    Scenario Outline: A price of <price> is accepted <place>
      Given Ada has put 1 "Earl Grey" into the basket <place>
      When Olivia changes the price of "Earl Grey" to <price> <place>
      Then Ada finds the basket worth <price>

      Examples: both ends of what is allowed
        | price       | place           |
        | £0.01       | on the website  |
        | £999,999.99 | through the app |

    Scenario Outline: A price of <price> is refused <place>
      Given Ada has put 1 "Earl Grey" into the basket <place>
      When Olivia changes the price of "Earl Grey" to <price> <place>
      Then Olivia is told "<words>"
      And Ada finds the basket worth £4.50

      Examples: a penny too little, a penny too much
        | price         | words                        | place           |
        | £0.00         | Ask for more than nothing.   | on the website  |
        | £1,000,000.00 | Ask for less than 1,000,000. | through the app |

  Rule: Only the owner sets prices and stock

    Scenario Outline: <who> has no say in prices
      Given Ada has put 2 "Earl Grey" into the basket through the app
      When <who> changes the price of "Earl Grey" to £5.05 through the app
      Then <who> is not permitted to do that
      And Ada finds the basket worth £9.00

      Examples:
        | who  |
        | Cleo |
        | Ada  |

    Scenario Outline: <who> has no say in how many pieces there are
      When <who> sets the stock of "Earl Grey" to 12 through the app
      Then <who> is not permitted to do that
      And 10 "Earl Grey" are left

      Examples:
        | who  |
        | Cleo |
        | Ada  |

  Rule: The owner says how many pieces there are, but takes none from a customer who pays

    Scenario Outline: What the owner counts <place> is what is left while nothing is held
      When Olivia sets the stock of "Earl Grey" to <pieces> <place>
      Then <pieces> "Earl Grey" are left

      Examples: less, more, none, and as many as a shop can have
        | pieces  | place           |
        | 3       | on the website  |
        | 12      | through the app |
        | 0       | on the website  |
        | 1000000 | through the app |

    Scenario Outline: A piece more than a shop can have is refused <place>
      When Olivia sets the stock of "Earl Grey" to 1000001 <place>
      Then Olivia is told "Enter a stock from 0 to 1,000,000 pieces."
      And 10 "Earl Grey" are left

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: Pieces that are held for a customer cannot be counted away
      Given Ada waits for a silent bank with an order for 2 "Earl Grey"
      When Olivia sets the stock of "Earl Grey" to 1 through the app
      Then Olivia is told "2 of Earl Grey are on hold for customers. Enter at least 2."
      And 8 "Earl Grey" are left

    Scenario: All but what is held for a customer can be counted away
      Given Ada waits for a silent bank with an order for 2 "Earl Grey"
      When Olivia sets the stock of "Earl Grey" to 2 on the website
      Then no "Earl Grey" are left
