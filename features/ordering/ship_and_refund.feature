Feature: Shipping and refunding
  The shop ships what was paid, and its owner alone refunds what was shipped. Nothing happens out of order.

  Background:
    Given the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account
    And Ada has ordered 2 "Earl Grey" through the app

  Rule: An order is shipped, then delivered

    Scenario Outline: A clerk ships an order <place>, and its customer is told
      When Cleo ships the order <place>
      Then the order went through "placed, confirmed, shipped"
      And the other departments hear of the shipment once
      And Ada receives one mail that says that the order is on its way

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A clerk delivers what was shipped <place>, and its customer, who has it, gets no mail
      Given the order has been shipped
      When Cleo delivers the order <place>
      Then the order went through "placed, confirmed, shipped, delivered"
      And the other departments hear of the delivery once
      And Ada receives one mail that says that the order is on its way
      And Ada receives 3 mails in all

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: An order that is <state> cannot be <done>
      Given the order has been <state>
      When Cleo <does> the order through the app
      Then Cleo is told "An order that is <state> cannot be <done>."
      And the order went through "<history>"

      Examples:
        | state     | does     | done      | history                                              |
        | shipped   | ships    | shipped   | placed, confirmed, shipped                           |
        | delivered | ships    | shipped   | placed, confirmed, shipped, delivered                |
        | cancelled | ships    | shipped   | placed, confirmed, being cancelled, cancelled        |
        | refunded  | ships    | shipped   | placed, confirmed, shipped, being refunded, refunded |
        | confirmed | delivers | delivered | placed, confirmed                                    |
        | delivered | delivers | delivered | placed, confirmed, shipped, delivered                |
        | cancelled | delivers | delivered | placed, confirmed, being cancelled, cancelled        |
        | refunded  | delivers | delivered | placed, confirmed, shipped, being refunded, refunded |

    Scenario Outline: An order that still waits for the bank cannot be <done>
      Given Ada waits for a silent bank with an order for 1 "Earl Grey"
      When Olivia <does> the order through the app
      Then Olivia is told "An order that is pending cannot be <done>."
      And the order went through "placed"

      Examples:
        | does     | done      |
        | ships    | shipped   |
        | delivers | delivered |
        | refunds  | refunded  |

    Scenario: A customer cannot ship her own order
      When Ada ships the order through the app
      Then Ada is not permitted to do that
      And the order went through "placed, confirmed"

  Rule: The owner gives the money back for what was shipped; the pieces stay out

    Scenario Outline: The owner refunds an order that is <state> <place>
      Given the order has been <state>
      When Olivia refunds the order <place>
      Then the order went through "<history>"
      And the bank has given back £9.00
      And 8 "Earl Grey" are left
      And the other departments hear of the refund once
      And Ada receives one mail that confirms the refund

      Examples:
        | state     | place           | history                                                         |
        | shipped   | on the website  | placed, confirmed, shipped, being refunded, refunded            |
        | delivered | through the app | placed, confirmed, shipped, delivered, being refunded, refunded |

    Scenario Outline: An order that is <state> cannot be refunded
      Given the order has been <state>
      When Olivia refunds the order through the app
      Then Olivia is told "An order that is <state> cannot be refunded."
      And the order went through "<history>"
      And the bank has taken exactly what the orders are worth

      Examples:
        | state     | history                                       |
        | confirmed | placed, confirmed                             |
        | cancelled | placed, confirmed, being cancelled, cancelled |

    Scenario: Refunding once more is refused, and gives back no second time
      Given the order has been refunded
      When Olivia refunds the order through the app
      Then Olivia is told "An order that is refunded cannot be refunded."
      And the order went through "placed, confirmed, shipped, being refunded, refunded"
      And the bank has given back £9.00
      And Ada receives one mail that confirms the refund

    Scenario Outline: <who> may not refund an order
      Given the order has been shipped
      When <who> refunds the order through the app
      Then <who> is not permitted to do that
      And the order went through "placed, confirmed, shipped"
      And the bank has taken £9.00

      Examples:
        | who  |
        | Cleo |
        | Ada  |

  Rule: A refund that cannot be finished at once is finished later, by itself

    Scenario: If the payment desk answers too late, the order is refunded all the same
      Given the order has been shipped
      And the payment desk answers the order desk too late once
      When Olivia refunds the order through the app
      Then the order went through "placed, confirmed, shipped, being refunded, refunded"
      And the bank has given back £9.00
      And Ada receives one mail that confirms the refund

    Scenario: While the bank cannot be reached the order is being refunded, and nobody is told that it is done
      Given the order has been shipped
      And the payment desk cannot reach the bank
      When Olivia refunds the order through the app
      Then the order went through "placed, confirmed, shipped, being refunded"
      And the bank has given back nothing
      And Ada receives no mail that confirms the refund

    Scenario: When the bank can be reached again, the money goes back and the customer is told
      Given the payment desk cannot reach the bank
      And the order is being refunded
      When the bank can be reached again a minute later
      Then the order went through "placed, confirmed, shipped, being refunded, refunded"
      And the bank has given back £9.00
      And 8 "Earl Grey" are left
      And Ada receives one mail that confirms the refund
