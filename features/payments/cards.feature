Feature: Paying by card
  An order is paid exactly once or not at all, whatever the bank does.

  Background:
    Given the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account

  Rule: A card that the bank does not accept costs the customer nothing, and the shop no piece

    Scenario Outline: Nothing is ordered <place> with <card>
      When Ada orders 2 "Earl Grey" <place> with <card>
      Then Ada is told "<words> Nothing was ordered."
      And the books show no order of Ada
      And the bank has taken nothing
      And 10 "Earl Grey" are left

      Examples:
        | card                               | words                            | place           |
        | a card that is declined            | The card was declined.           | on the website  |
        | a card that is declined            | The card was declined.           | through the app |
        | a card without enough money        | The card has insufficient funds. | on the website  |
        | a card without enough money        | The card has insufficient funds. | through the app |
        | a card that the bank calls expired | The card has expired.            | on the website  |
        | a card that the bank calls expired | The card has expired.            | through the app |

    Scenario Outline: A customer whose card was declined pays with another <place>
      Given Ada is about to pay for 2 "Earl Grey" <place>
      And Ada has tried to pay with a card that is declined and was told "The card was declined. Nothing was ordered."
      When Ada pays
      Then Ada sees the order confirmed with a total of £9.00
      And the books show 1 order of Ada worth £9.00
      And the bank has taken £9.00

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A bank that is slow or whose answer is lost takes the money once

    Scenario Outline: An order is paid once <place> with <card>
      When Ada orders 2 "Earl Grey" <place> with <card>
      Then Ada sees the order confirmed with a total of £9.00
      And the books show 1 order of Ada worth £9.00
      And the bank has taken £9.00
      And Ada receives one mail that confirms the order

      Examples:
        | card                               | place           |
        | a card whose bank is slow          | on the website  |
        | a card whose bank is slow          | through the app |
        | a card whose bank loses the answer | on the website  |
        | a card whose bank loses the answer | through the app |

  Rule: While the bank is silent the customer is told that the shop waits for it

    Scenario Outline: A customer whose bank is silent is told to wait <place>
      When Ada orders 2 "Earl Grey" <place> with a card whose bank is silent
      Then Ada sees the order still waiting
      And 8 "Earl Grey" are left
      And the bank has taken nothing

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: A moment before the 15 minutes are over the shop still waits for the bank
      Given it is 10:00 on 2 March 2026 in the shop
      And Ada waits for a silent bank with an order for 2 "Earl Grey"
      When 14 minutes and 59 seconds pass
      Then 8 "Earl Grey" are left
      And the order went through "placed"
      And Ada receives no mail that says that the order did not come about

    Scenario: If the bank is silent for 15 minutes nothing is taken, and the customer is told by mail
      Given it is 10:00 on 2 March 2026 in the shop
      And Ada waits for a silent bank with an order for 2 "Earl Grey"
      When 15 minutes pass
      Then the order went through "placed, rejected"
      And Ada receives one mail that says that the order did not come about
      And the other departments hear of the rejected order once
      And the bank has taken nothing

  Rule: A bank that refuses to work takes nothing, and the customer may try again

    Scenario Outline: Nothing is ordered <place> while the bank refuses
      When Ada orders 2 "Earl Grey" <place> with a card whose bank refuses
      Then Ada is asked to try again in a moment
      And the books show no order of Ada
      And the bank has taken nothing
      And 10 "Earl Grey" are left

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: When the bank works again, the customer pays <place>
      Given Ada is about to pay for 2 "Earl Grey" <place>
      And Ada has tried to pay with a card whose bank refuses and was told "try again in a moment"
      When Ada pays
      Then Ada sees the order confirmed with a total of £9.00
      And the bank has taken £9.00

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: What the bank has taken is what the orders are worth

    Scenario: Of a refunded order, a cancelled one and one that stays, the bank keeps what the last is worth
      Given Ada has ordered 2 "Earl Grey" through the app
      And the order has been refunded
      And Ada has ordered 3 "Earl Grey" through the app
      And the order has been cancelled
      When Ada orders 4 "Earl Grey" on the website
      Then the bank has taken £18.00
      And the bank has taken exactly what the orders are worth
