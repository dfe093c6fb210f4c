Feature: Cancelling an order
  From its confirmation until it is shipped, an order can be cancelled. The pieces return to the shelves and the money
  to the customer, once.

  Background:
    Given the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account
    And Ada has ordered 2 "Earl Grey" through the app

  Rule: A cancelled order gives everything back and tells everybody

    Scenario Outline: A confirmed order is cancelled by its customer <place>
      When Ada cancels the order <place>
      Then Ada sees the order cancelled
      And the order went through "placed, confirmed, being cancelled, cancelled"
      And 10 "Earl Grey" are left
      And the bank has given back £9.00
      And the other departments hear of the cancellation once
      And Ada receives one mail that confirms the cancellation

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: The bank keeps nothing of a cancelled order, and all of one that stays
      Given Ada has ordered 3 "Earl Grey" through the app
      When Ada cancels the order through the app
      Then the bank has taken £9.00
      And the bank has given back £13.50
      And the bank has taken exactly what the orders are worth

  Rule: Only a confirmed order can be cancelled

    Scenario Outline: An order that is <state> cannot be cancelled
      Given the order has been <state>
      When Ada cancels the order through the app
      Then Ada is told "An order that is <state> cannot be cancelled."
      And the order went through "<history>"
      And 8 "Earl Grey" are left
      And the bank has taken exactly what the orders are worth

      Examples:
        | state     | history                                              |
        | shipped   | placed, confirmed, shipped                           |
        | delivered | placed, confirmed, shipped, delivered                |
        | refunded  | placed, confirmed, shipped, being refunded, refunded |

    Scenario: An order that still waits for the bank cannot be cancelled yet
      Given Ada waits for a silent bank with an order for 1 "Earl Grey"
      When Ada cancels the order through the app
      Then Ada is told "An order that is pending cannot be cancelled."
      And the order went through "placed"

    Scenario: Cancelling once more gives back no second time
      Given the order has been cancelled
      When Ada cancels the order through the app
      Then Ada sees the order cancelled
      And the order went through "placed, confirmed, being cancelled, cancelled"
      And 10 "Earl Grey" are left
      And the bank has given back £9.00
      And Ada receives one mail that confirms the cancellation

    Scenario: If the shop ships while the customer cancels, only one of the two happens
      When Ada cancels and Cleo ships the order at the same moment
      Then one of the two is done and the other refused
      And no piece is sold twice
      And the bank has taken exactly what the orders are worth

  Rule: A shop decides whether its customers may cancel by themselves

    Scenario: Where customers may not cancel, one who tries is sent to the shop
      Given the shop does not offer self-cancelling
      When Ada cancels the order through the app
      Then Ada is told "Please ask the shop to cancel your order."
      And the order went through "placed, confirmed"
      And 8 "Earl Grey" are left

    Scenario: Where customers may not cancel, the website does not offer it
      Given the shop does not offer self-cancelling
      When Ada looks at the order on the website
      Then Ada cannot cancel the order

    Scenario Outline: The shop itself cancels <place> where its customers may not
      Given the shop does not offer self-cancelling
      When Cleo cancels the order <place>
      Then the order went through "placed, confirmed, being cancelled, cancelled"
      And the bank has given back £9.00
      And Ada receives one mail that confirms the cancellation

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: No customer cancels the order of another

    Scenario: Another customer does not even learn that the order exists
      Given Ben has an account
      When Ben cancels the order through the app
      Then Ben is told "You have no such order."
      And the order went through "placed, confirmed"

  Rule: A cancellation that cannot be finished at once is finished later, by itself

    Scenario: If the payment desk answers too late, the order is cancelled all the same
      Given the payment desk answers the order desk too late once
      When Ada cancels the order through the app
      Then the order went through "placed, confirmed, being cancelled, cancelled"
      And the bank has given back £9.00
      And 10 "Earl Grey" are left
      And Ada receives one mail that confirms the cancellation

    Scenario: While the bank cannot be reached the order is being cancelled, and nobody is told that it is done
      Given the payment desk cannot reach the bank
      When Ada cancels the order through the app
      Then Ada sees the order being cancelled
      And the order went through "placed, confirmed, being cancelled"
      And the bank has given back nothing
      And Ada receives no mail that confirms the cancellation

    Scenario: When the bank can be reached again, the money goes back and the customer is told
      Given the payment desk cannot reach the bank
      And the order is being cancelled
      When the bank can be reached again a minute later
      Then the order went through "placed, confirmed, being cancelled, cancelled"
      And the bank has given back £9.00
      And 10 "Earl Grey" are left
      And Ada receives one mail that confirms the cancellation

    Scenario Outline: An order that is being cancelled is not <done> meanwhile
      Given the payment desk cannot reach the bank
      And the order is being cancelled
      When Cleo <does> the order through the app
      Then Cleo is told "An order that is being cancelled cannot be <done>."
      And the order went through "placed, confirmed, being cancelled"

      Examples:
        | does     | done      |
        | ships    | shipped   |
        | delivers | delivered |
