Feature: Daily sales
  The owner sees what was sold on each day, what was cancelled and what was refunded, to the penny.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.55 |
      | Assam     | £0.99 |
    And Ada has an account

  Rule: Each day shows what was sold, cancelled and refunded on it

    Scenario Outline: The orders of a day add up to the penny <place>
      Given it is 12:00 on 1 March 2026 in the shop
      And Ben has an account
      And Ada has ordered 3 "Earl Grey" through the app
      And Ben has ordered 7 "Assam" through the app
      When Olivia looks at the sales of 1 March 2026 <place>
      Then the report shows
        | day          | orders | sold   | cancelled | refunded | remains |
        | 1 March 2026 | 2      | £20.58 | £0.00     | £0.00    | £20.58  |

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: What was cancelled on the same day is taken off that day
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been cancelled
      When Olivia looks at the sales of 1 March 2026 on the website
      Then the report shows
        | day          | orders | sold   | cancelled | refunded | remains |
        | 1 March 2026 | 2      | £14.64 | £13.65    | £0.00    | £0.99   |

    Scenario: What is cancelled a day later counts on the day of the cancellation
      Given it is 23:59 on 1 March 2026 in the shop
      And Ada has ordered 3 "Earl Grey" through the app
      And a minute has passed
      And the order has been cancelled
      When Olivia looks at the sales from 1 March 2026 to 2 March 2026 on the website
      Then the report shows
        | day          | orders | sold   | cancelled | refunded | remains |
        | 1 March 2026 | 1      | £13.65 | £0.00     | £0.00    | £13.65  |
        | 2 March 2026 | 0      | £0.00  | £13.65    | £0.00    | -£13.65 |

    Scenario: What is refunded counts on the day of the refund
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been shipped
      And 2 days have passed
      And the order has been refunded
      When Olivia looks at the sales from 1 March 2026 to 3 March 2026 through the app
      Then the report shows
        | day          | orders | sold   | cancelled | refunded | remains |
        | 1 March 2026 | 1      | £13.65 | £0.00     | £0.00    | £13.65  |
        | 3 March 2026 | 0      | £0.00  | £0.00     | £13.65   | -£13.65 |

    Scenario: An order that was refused is no sale
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      And Ada is about to pay for 3 "Earl Grey" through the app
      And Ada has tried to pay with a card that is declined and was told "The card was declined. Nothing was ordered."
      When Olivia looks at the sales of 1 March 2026 on the website
      Then the report shows
        | day          | orders | sold  | cancelled | refunded | remains |
        | 1 March 2026 | 1      | £0.99 | £0.00     | £0.00    | £0.99   |

    Scenario: An order that still waits for the bank is no sale yet
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      And Ada waits for a silent bank with an order for 3 "Earl Grey"
      When Olivia looks at the sales of 1 March 2026 on the website
      Then the report shows
        | day          | orders | sold  | cancelled | refunded | remains |
        | 1 March 2026 | 1      | £0.99 | £0.00     | £0.00    | £0.99   |

    Scenario: An order that did not come about is no sale
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada waits for a silent bank with an order for 3 "Earl Grey"
      And 15 minutes have passed
      And the order has been rejected
      When Olivia looks at the sales of 1 March 2026 on the website
      Then the report is empty

    Scenario: A day on which nothing happened is not in the report
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
        | day   | orders | sold  | cancelled | refunded | remains |
        | <day> | 1      | £4.55 | £0.00     | £0.00    | £4.55   |

      Examples: both sides of midnight, east and west
        | city     | time                     | day          |
        | London   | 23:59:59 on 1 March 2026 | 1 March 2026 |
        | London   | 00:00:00 on 2 March 2026 | 2 March 2026 |
        | New York | 23:59:59 on 1 March 2026 | 1 March 2026 |
        | New York | 00:00:00 on 2 March 2026 | 2 March 2026 |
        | Auckland | 23:59:59 on 1 March 2026 | 1 March 2026 |
        | Auckland | 00:00:00 on 2 March 2026 | 2 March 2026 |

    Scenario Outline: The day on which clocks are changed, <day>, still lasts after <length>
      Given it is 00:00:00 on <day> in the shop
      And Ada has ordered 1 "Earl Grey" through the app
      And <length> have passed
      And Ada has ordered 1 "Assam" through the app
      When Olivia looks at the sales from 1 March 2026 to 30 November 2026 through the app
      Then the report shows
        | day   | orders | sold  | cancelled | refunded | remains |
        | <day> | 2      | £5.54 | £0.00     | £0.00    | £5.54   |

      Examples: a day of 23 hours and one of 25
        | day             | length                              |
        | 29 March 2026   | 22 hours, 59 minutes and 59 seconds |
        | 25 October 2026 | 24 hours, 59 minutes and 59 seconds |

    Scenario Outline: The day on which clocks are changed, <day>, is over after <length>
      Given it is 00:00:00 on <day> in the shop
      And Ada has ordered 1 "Earl Grey" through the app
      And <length> have passed
      And Ada has ordered 1 "Assam" through the app
      When Olivia looks at the sales from 1 March 2026 to 30 November 2026 through the app
      Then the report shows
        | day    | orders | sold  | cancelled | refunded | remains |
        | <day>  | 1      | £4.55 | £0.00     | £0.00    | £4.55   |
        | <next> | 1      | £0.99 | £0.00     | £0.00    | £0.99   |

      Examples: a day of 23 hours and one of 25
        | day             | length   | next            |
        | 29 March 2026   | 23 hours | 30 March 2026   |
        | 25 October 2026 | 25 hours | 26 October 2026 |

  Rule: The list for the bookkeeper says what the report says

    Scenario: Whoever looks at the sales can take the same days and the same sums away
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been cancelled
      And a day has passed
      And Ada has ordered 7 "Assam" through the app
      When Olivia looks at the sales from 1 March 2026 to 2 March 2026 on the website
      Then the list for the bookkeeper says what the report says

  Rule: The report equals the books

    Scenario Outline: After an order was <state> the report equals the books to the penny
      Given it is 12:00 on 1 March 2026 in the shop
      And Ada has ordered 1 "Assam" through the app
      And the order has been <state>
      And a day has passed
      And Ada has ordered 5 "Earl Grey" through the app
      When Olivia looks at the sales from 1 March 2026 to 2 March 2026 through the app
      Then the report equals the books to the penny

      Examples:
        | state     |
        | confirmed |
        | delivered |
        | cancelled |
        | refunded  |

  Rule: A report covers at most 366 days

    Scenario: The 366 days of a leap year are reported
      Given it is 12:00 on 29 February 2028 in the shop
      And Ada has ordered 1 "Earl Grey" through the app
      When Olivia looks at the sales from 1 January 2028 to 31 December 2028 through the app
      Then the report shows
        | day              | orders | sold  | cancelled | refunded | remains |
        | 29 February 2028 | 1      | £4.55 | £0.00     | £0.00    | £4.55   |

    Scenario: A report of 367 days is refused
      When Olivia looks at the sales from 1 January 2028 to 1 January 2029 through the app
      Then Olivia is told "These are 367 days. Choose at most 366."

  Rule: A report does not end before it begins

    Scenario: Days the wrong way round are refused
      When Olivia looks at the sales from 2 March 2026 to 1 March 2026 through the app
      Then Olivia is told "The last day is before the first."
