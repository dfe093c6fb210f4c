Feature: Placing an order
  An order that the shop accepts is paid, confirmed, written down, announced and mailed, each exactly once.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
      | Assam     | £5.25 |
    And Ada has an account

  Rule: An accepted order reaches everybody whom it concerns

    Scenario Outline: An order placed <place> is paid, confirmed, written down, announced and mailed
      When Ada orders 2 "Earl Grey" <place>
      Then Ada sees the order confirmed with a total of £9.00
      And the books show 1 order of Ada worth £9.00
      And the bank has taken £9.00
      And the other departments hear of the order once
      And Ada receives one mail that confirms the order
      And the order went through "placed, confirmed"

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: Several products are one order <place>
      Given Ada has put 3 "Assam" into the basket <place>
      And Ada has put 2 "Earl Grey" into the basket <place>
      When Ada orders the basket <place>
      Then Ada sees the order confirmed with a total of £24.75
      And the books show 1 order of Ada worth £24.75
      And the bank has taken £24.75

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A customer finds her orders again, the newest first

    Scenario Outline: The newest order is the first that a customer finds <place>
      Given Ada has ordered 1 "Earl Grey" <place>
      When Ada orders 3 "Assam" <place>
      Then Ada finds orders worth £15.75 and £4.50 <place>, the newest first

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A customer orders 1 to 99 pieces of a product

    Scenario Outline: An order for <pieces> of a product is accepted
      When Ada orders <pieces> "Assam" through the app
      Then Ada sees the order confirmed with a total of <total>
      And the books show 1 order of Ada worth <total>

      Examples: both ends of what is allowed
        | pieces | total   |
        | 1      | £5.25   |
        | 99     | £519.75 |

    Scenario Outline: An order for <pieces> of a product is refused <place>
      When Ada orders <pieces> "Assam" <place>
      Then Ada is told "Choose a quantity from 1 to 99."
      And the books show no order of Ada
      And the bank has taken nothing

      Examples: one too few, one too many
        | pieces | place           |
        | 0      | on the website  |
        | 100    | on the website  |
        | 0      | through the app |
        | 100    | through the app |

  Rule: Only what the shop sells can be ordered

    Scenario: An order for a product that the shop does not know is refused
      When Ada orders 1 "moon-dust" through the app
      Then Ada is told "There is no product 'moon-dust'."
      And the books show no order of Ada
      And the bank has taken nothing

  Rule: An order that is sent twice is placed once; ordering the same again is another order

    Scenario Outline: A customer who sends an order twice gets one order <place>
      When Ada sends an order for 1 "Assam" twice <place>
      Then Ada sees the order confirmed with a total of £5.25
      And the books show 1 order of Ada worth £5.25
      And the bank has taken £5.25
      And the other departments hear of the order once
      And Ada receives one mail that confirms the order

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A customer who orders the same again gets a second order <place>
      Given Ada has ordered 1 "Assam" <place>
      When Ada orders 1 "Assam" <place>
      Then Ada sees the order confirmed with a total of £5.25
      And the books show 2 orders of Ada worth £10.50
      And the bank has taken £10.50

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Only a customer who is signed in can order

    Scenario Outline: A visitor who orders <place> is asked to sign in
      When a visitor orders 1 "Assam" <place>
      Then the visitor is asked to sign in
      And the books show no order

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: While a department that must agree cannot be reached, nothing is ordered

    Scenario Outline: Nothing is ordered <place> while the order desk cannot reach the <desk>
      Given Ada is signed in <place>
      And the order desk cannot reach the <desk>
      When Ada orders 1 "Assam" <place>
      Then Ada is asked to try again in a moment
      And the books show no order
      And the bank has taken nothing

      Examples:
        | desk          | place           |
        | accounts desk | on the website  |
        | accounts desk | through the app |
        | stock room    | on the website  |
        | stock room    | through the app |
        | payment desk  | on the website  |
        | payment desk  | through the app |
