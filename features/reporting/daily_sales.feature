Feature: Daily sales
  The owner sees what was sold on each day, what was cancelled and what was given back, to the cent.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.55 |
      | Assam     | £0.99 |
    And Ada has an account

  Rule: Each day shows what was sold, cancelled and given back on it

    Scenario Outline: The orders of a day add up to the cent <place>
      Given it is 12:00 on 1 March 2026 in the shop
      And Ben has an account
      And Ada has ordered 3 "Earl Grey" through the app
      And Ben has ordered 7 "Assam" through the app
      When Olivia looks at the sales of 1 March 2026 <place>
      Then the report shows
        | day          | orders | sold   | cancelled | given back | remains |
        | 1 March 2026 | 2      | £20.58 | £0.00     | £0.00      | £20.58  |

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: What was cancelled on the same day remains out of the day
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been cancelled
      When Olivia looks at the sales of 1 March 2026 on the website
      Then the report shows
        | day          | orders | sold   | cancelled | given back | remains |
        | 1 March 2026 | 2      | £14.64 | £13.65    | £0.00      | £0.99   |

    Scenario: What is cancelled a day later counts on the day of the cancellation
      Given it is 23:59 on 1 March 2026 in the shop
      And Ada has ordered 3 "Earl Grey" through the app
      And it is 00:00 on 2 March 2026 in the shop
      And the order has been cancelled
      When Olivia looks at the sales from 1 March 2026 to 2 March 2026 on the website
      Then the report shows
        | day          | orders | sold   | cancelled | given back | remains |
        | 1 March 2026 | 1      | £13.65 | £0.00     | £0.00      | £13.65  |
        | 2 March 2026 | 0      | £0.00  | £13.65    | £0.00      | -£13.65 |

    Scenario: What is given back counts on the day on which it is given back
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been shipped
      And it is 12:00 on 3 March 2026 in the shop
      And the order has been refunded
      When Olivia looks at the sales from 1 March 2026 to 3 March 2026 through the app
      Then the report shows
        | day          | orders | sold   | cancelled | given back | remains |
        | 1 March 2026 | 1      | £13.65 | £0.00     | £0.00      | £13.65  |
        | 3 March 2026 | 0      | £0.00  | £0.00     | £13.65     | -£13.65 |

    Scenario: An order that was refused is no sale
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      And Ada is about to pay for 3 "Earl Grey" through the app
      And Ada has paid with a card that is declined and was told "The card was declined. Nothing was ordered."
      When Olivia looks at the sales of 1 March 2026 on the website
      Then the report shows
        | day          | orders | sold  | cancelled | given back | remains |
        | 1 March 2026 | 1      | £0.99 | £0.00     | £0.00      | £0.99   |

    Scenario: A day without a sale is not in the report
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      When Olivia looks at the sales of 2 March 2026 on the website
      Then the report is empty

  Rule: A day begins and ends at midnight where the shop is

    Scenario Outline: In <city> an order at <time> belongs to <day>
      Given the shop is in <city>
      And it is <time> in the shop
      And Ada has ordered 1 "Earl Grey" through the app
      When Olivia looks at the sales from 1 March 2026 to 2 March 2026 through the app
      Then the report shows
        | day   | orders | sold  | cancelled | given back | remains |
        | <day> | 1      | £4.55 | £0.00     | £0.00      | £4.55   |

      Examples: both sides of midnight, east and west
        | city     | time                     | day          |
        | London   | 23:59:59 on 1 March 2026 | 1 March 2026 |
        | London   | 00:00:00 on 2 March 2026 | 2 March 2026 |
        | New York | 23:59:59 on 1 March 2026 | 1 March 2026 |
        | New York | 00:00:00 on 2 March 2026 | 2 March 2026 |
        | Auckland | 23:59:59 on 1 March 2026 | 1 March 2026 |
        | Auckland | 00:00:00 on 2 March 2026 | 2 March 2026 |

    Scenario: A day of 23 hours, in the night of which clocks go forward, is one day
      Given it is 00:00:00 on 29 March 2026 in the shop
      And Ada has ordered 1 "Earl Grey" through the app
      And it is 23:59:59 on 29 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      When Olivia looks at the sales from 28 March 2026 to 30 March 2026 on the website
      Then the report shows
        | day           | orders | sold  | cancelled | given back | remains |
        | 29 March 2026 | 2      | £5.54 | £0.00     | £0.00      | £5.54   |

  Rule: The list for the bookkeeper says what the report says

    Scenario: The list has the same days and the same sums
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been cancelled
      And it is 12:00 on 2 March 2026 in the shop
      And Ada has ordered 7 "Assam" through the app
      When Olivia looks at the sales from 1 March 2026 to 2 March 2026 on the website
      Then the list for the bookkeeper says what the report says

  Rule: The report equals the books

    Scenario: Whatever became of the orders, the report equals the books to the cent
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      And the order has been refunded
      And it is 12:00 on 2 March 2026 in the shop
      And Ada has ordered 5 "Earl Grey" through the app
      When Olivia looks at the sales from 1 March 2026 to 2 March 2026 through the app
      Then the report equals the books to the cent

  Rule: A report covers at most a year

    Scenario: The days of a leap year are reported
      Given it is 12:00 on 29 February 2028 in the shop
      And Ada has ordered 1 "Earl Grey" through the app
      When Olivia looks at the sales from 1 January 2028 to 31 December 2028 through the app
      Then the report shows
        | day              | orders | sold  | cancelled | given back | remains |
        | 29 February 2028 | 1      | £4.55 | £0.00     | £0.00      | £4.55   |

    Scenario: A day more is refused
      When Olivia looks at the sales from 1 January 2028 to 1 January 2029 through the app
      Then Olivia is told "These are 367 days. Choose at most 366."
