Feature: Placing an order
  An order that the shop accepts is confirmed, written down, announced and mailed, each exactly once.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
      | Assam     | £5.25 |
    And Ada has an account

  Rule: An accepted order reaches everybody whom it concerns

    Scenario Outline: An order placed <place> is confirmed, written down, announced and mailed
      When Ada orders 2 "Earl Grey" <place>
      Then Ada sees her order confirmed with a total of £9.00
      And the books show 1 order of Ada worth £9.00
      And the other departments hear of the order once
      And Ada receives one mail that confirms the order

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A customer finds her orders again, the newest first

    Scenario Outline: The newest order is the first that a customer finds <place>
      Given Ada has ordered 1 "Earl Grey" <place>
      When Ada orders 3 "Assam" <place>
      Then Ada finds her orders worth £15.75 and £4.50, the newest first

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A customer orders 1 to 99 pieces of a product

    Scenario Outline: An order for <pieces> pieces is accepted
      When Ada orders <pieces> "Assam" through the app
      Then Ada sees her order confirmed with a total of <total>
      And the books show 1 order of Ada worth <total>

      Examples: both ends of what is allowed
        | pieces | total   |
        | 1      | £5.25   |
        | 99     | £519.75 |

    Scenario Outline: An order for <pieces> pieces is refused <place>
      When Ada orders <pieces> "Assam" <place>
      Then Ada is told "Choose a quantity from 1 to 99."
      And the books show no order of Ada

      Examples: one too few, one too many
        | pieces | place           |
        | 0      | on the website  |
        | 100    | on the website  |
        | 0      | through the app |
        | 100    | through the app |

  Rule: An order that is submitted twice is placed once

    Scenario Outline: A customer who submits an order twice gets one order <place>
      When Ada submits an order for 1 "Assam" twice <place>
      Then Ada sees her order confirmed with a total of £5.25
      And the books show 1 order of Ada worth £5.25
      And the other departments hear of the order once
      And Ada receives one mail that confirms the order

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Only a customer who is signed in can order

    Scenario: A visitor who orders is asked to sign in
      When a visitor orders 1 "Assam" on the website
      Then the visitor is asked to sign in
      And the books show no order

  Rule: While the shop cannot tell who orders, nothing is ordered

    Scenario Outline: Nothing is ordered <place> while the accounts desk is unreachable
      Given Ada is signed in <place>
      And the accounts desk is unreachable for the order desk
      When Ada orders 1 "Assam" <place>
      Then Ada is asked to try again in a moment
      And the books show no order

      Examples:
        | place           |
        | on the website  |
        | through the app |
