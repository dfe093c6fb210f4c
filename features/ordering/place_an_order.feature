Feature: Placing an order
  An order that the shop accepts is one that customer, warehouse and bookkeeping all know of, once and in the same words.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
      | Assam     | £5.25 |
    And Ada has an account

  Rule: An accepted order is confirmed, written down and announced

    Scenario Outline: An order placed <place> reaches everybody
      When Ada orders 2 "Earl Grey" <place>
      Then Ada sees her order confirmed with a total of £9.00
      And the books show 1 order of Ada worth £9.00
      And the other departments hear of the order once
      And Ada receives the mail "Your order A-1001" once

      Examples:
        | place          |
        | on the website |
        | in the app     |

    Scenario: A customer finds her orders again
      Given Ada orders 1 "Earl Grey" in the app
      When Ada orders 3 "Assam" in the app
      Then the orders of Ada are worth £15.75 and £4.50

  Rule: A customer orders 1 to 99 pieces of a product

    Scenario Outline: <pieces> pieces can be ordered
      When Ada orders <pieces> "Assam" in the app
      Then Ada sees her order confirmed with a total of <total>

      Examples: both ends of what is allowed
        | pieces | total   |
        | 1      | £5.25   |
        | 99     | £519.75 |

    Scenario Outline: <pieces> pieces cannot be ordered <place>
      When Ada orders <pieces> "Assam" <place>
      Then Ada is told "Choose a quantity from 1 to 99."
      And the books show no order of Ada

      Examples: one too few, one too many
        | pieces | place          |
        | 0      | on the website |
        | 100    | on the website |
        | 100    | in the app     |

  Rule: An order that is submitted twice is placed once

    Scenario Outline: An impatient customer submits twice <place>
      When Ada submits an order for 1 "Assam" twice <place>
      Then Ada sees her order confirmed with a total of £5.25
      And the books show 1 order of Ada worth £5.25
      And Ada receives the mail "Your order A-1001" once

      Examples:
        | place          |
        | on the website |
        | in the app     |

  Rule: Only a customer who is signed in can order

    Scenario: A visitor is asked to sign in
      When a visitor orders 1 "Assam" on the website
      Then the visitor is asked to sign in

  Rule: An order that cannot be checked is not placed

    Scenario Outline: Nothing is ordered <place> while the accounts desk is unreachable
      Given Ada signs in <place>
      And the accounts desk is unreachable for the order desk
      When Ada orders 1 "Assam" <place>
      Then Ada is told "try again in a moment"
      And the books show no order of Ada

      Examples:
        | place          |
        | on the website |
        | in the app     |
