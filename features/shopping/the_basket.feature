Feature: The basket
  A customer collects in her basket what she wants, finds it there whenever she comes back, and orders it all at once.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
      | Assam     | £5.25 |
    And Ada has an account

  Rule: A basket holds what its customer wants now

    Scenario Outline: What a customer puts into the basket <place> is in it, at today's price
      Given Ada has put 1 "Assam" into the basket <place>
      When Ada puts 2 "Earl Grey" into the basket <place>
      Then Ada finds in the basket
        | product   | pieces | worth |
        | Assam     | 1      | £5.25 |
        | Earl Grey | 2      | £9.00 |
      And Ada finds the basket worth £14.25

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: What a customer puts into the basket <place> comes on top of what is in it
      Given Ada has put 2 "Earl Grey" into the basket <place>
      When Ada puts 3 "Earl Grey" into the basket <place>
      Then Ada finds in the basket
        | product   | pieces | worth  |
        | Earl Grey | 5      | £22.50 |

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A customer who changes her mind <place> finds the new number
      Given Ada has put 2 "Earl Grey" into the basket <place>
      When Ada changes the basket to 5 "Earl Grey" <place>
      Then Ada finds the basket worth £22.50

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: What a customer takes out <place> is no longer in the basket
      Given Ada has put 1 "Assam" into the basket <place>
      And Ada has put 2 "Earl Grey" into the basket <place>
      When Ada takes "Assam" out of the basket <place>
      Then Ada finds the basket worth £9.00

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A basket takes 1 to 99 pieces of a product

    Scenario Outline: A basket takes <pieces> of a product
      When Ada puts <pieces> "Assam" into the basket through the app
      Then Ada finds the basket worth <worth>

      Examples: both ends of what is allowed
        | pieces | worth   |
        | 1      | £5.25   |
        | 99     | £519.75 |

    Scenario Outline: A basket does not take <pieces> of a product <place>
      When Ada puts <pieces> "Assam" into the basket <place>
      Then Ada is told "Choose a quantity from 1 to 99."
      And Ada finds the basket empty

      Examples: one too few, one too many
        | pieces | place           |
        | 0      | on the website  |
        | 100    | on the website  |
        | 0      | through the app |
        | 100    | through the app |

    Scenario Outline: To 98 pieces in the basket a customer adds a last one <place>
      Given Ada has put 98 "Assam" into the basket <place>
      When Ada puts 1 "Assam" into the basket <place>
      Then Ada finds the basket worth £519.75

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A customer who adds 2 pieces to 98 is refused <place>, and keeps the 98
      Given Ada has put 98 "Assam" into the basket <place>
      When Ada puts 2 "Assam" into the basket <place>
      Then Ada is told "You have 98 of Assam in your basket. It takes at most 99."
      And Ada finds the basket worth £514.50

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A number in the basket can be changed to <pieces>
      Given Ada has put 2 "Assam" into the basket through the app
      When Ada changes the basket to <pieces> "Assam" <place>
      Then Ada finds the basket worth <worth>

      Examples: both ends of what is allowed
        | pieces | worth   | place           |
        | 1      | £5.25   | on the website  |
        | 99     | £519.75 | through the app |

    Scenario Outline: A number in the basket cannot be changed to <pieces> <place>
      Given Ada has put 2 "Assam" into the basket through the app
      When Ada changes the basket to <pieces> "Assam" <place>
      Then Ada is told "Choose a quantity from 1 to 99."
      And Ada finds the basket worth £10.50

      Examples: one too few, one too many
        | pieces | place           |
        | 0      | on the website  |
        | 100    | through the app |

  Rule: Only a customer who is signed in has a basket

    Scenario Outline: A visitor who puts something into a basket <place> is asked to sign in
      When a visitor puts 2 "Earl Grey" into the basket <place>
      Then the visitor is asked to sign in

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: An empty basket cannot be ordered

    Scenario: A customer with an empty basket is told so
      When Ada orders the basket through the app
      Then Ada is told "Your basket is empty."
      And the books show no order of Ada

    Scenario: On the website a customer reads that her basket is empty
      When Ada orders the basket on the website
      Then Ada finds the basket empty
      And the books show no order of Ada

  Rule: A basket belongs to its customer, wherever she signs in

    Scenario: A customer finds her basket again on another way into the shop
      Given Ada has put 2 "Earl Grey" into the basket through the app
      When Ada signs in on the website
      Then Ada finds the basket worth £9.00

    Scenario: A customer who signs out and in again finds her basket as it was
      Given Ada has put 2 "Earl Grey" into the basket on the website
      And Ada has signed out
      When Ada signs in on the website
      Then Ada finds the basket worth £9.00

    Scenario: A customer finds her basket as it was a month later
      Given it is 10:00 on 2 March 2026 in the shop
      And Ada has put 2 "Earl Grey" into the basket through the app
      And 30 days have passed
      When Ada signs in through the app
      Then Ada finds the basket worth £9.00

    Scenario: Nobody finds what another customer has put into the basket
      Given Ben has an account
      And Ada has put 2 "Earl Grey" into the basket on the website
      When Ben signs in on the website
      Then Ben finds the basket empty

  Rule: Ordering empties the basket, a refusal does not

    Scenario Outline: The basket is empty after it was ordered <place>
      Given Ada has put 1 "Assam" into the basket <place>
      And Ada has put 2 "Earl Grey" into the basket <place>
      When Ada orders the basket <place>
      Then Ada sees the order confirmed with a total of £14.25
      And Ada finds the basket empty
      And the books show 1 order of Ada worth £14.25

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: The basket is as it was after the bank has declined the card <place>
      Given Ada has put 2 "Earl Grey" into the basket <place>
      When Ada orders the basket <place> with a card that is declined
      Then Ada is told "The card was declined. Nothing was ordered."
      And Ada finds the basket worth £9.00
      And the books show no order of Ada

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: The basket is as it was after too few pieces were left <place>
      Given the shop sells
        | product    | price | stock |
        | Darjeeling | £6.00 | 1     |
      And Ada has put 2 "Darjeeling" into the basket <place>
      When Ada orders the basket <place>
      Then Ada is told "Only 1 of Darjeeling is left."
      And Ada finds the basket worth £12.00
      And the books show no order of Ada

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: The basket holds the same at the new price after a price has risen meanwhile <place>
      Given Ada has put 2 "Earl Grey" into the basket <place>
      And Ada is about to pay for the basket <place>
      And the price of "Earl Grey" has risen to £5.00
      When Ada pays
      Then Ada is told "Earl Grey costs £5.00 now. Please check your order."
      And Ada finds the basket worth £10.00
      And the books show no order of Ada

      Examples:
        | place           |
        | on the website  |
        | through the app |
