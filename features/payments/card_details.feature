Feature: The details of a card
  A card that cannot be right is refused before anything is held or taken, and the customer is told what to check.

  Background:
    Given the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account

  Rule: The customer is told which detail is wrong

    Scenario Outline: A customer with <card> is told what to check <place>
      When Ada orders 1 "Earl Grey" <place> with <card>
      Then Ada is told "<words>"
      And the books show no order of Ada
      And the bank has taken nothing
      And 10 "Earl Grey" are left

      Examples:
        | card                                | words                             | place           |
        | a card with a mistyped number       | Check the card number.            | on the website  |
        | a card with a mistyped number       | Check the card number.            | through the app |
        | a card that expires in 13/29        | Check the expiry date: use MM/YY. | on the website  |
        | a card that expires in 13/29        | Check the expiry date: use MM/YY. | through the app |
        | a card with the security code 12    | Check the security code.          | on the website  |
        | a card with the security code 12    | Check the security code.          | through the app |
        | a card with the security code 12345 | Check the security code.          | through the app |

    Scenario Outline: A customer with <card> pays
      When Ada orders 1 "Earl Grey" through the app with <card>
      Then Ada sees the order confirmed with a total of £4.50

      Examples: both lengths of a security code
        | card                               |
        | a card with the security code 123  |
        | a card with the security code 1234 |

  Rule: A card is good until the end of the month that stands on it

    Scenario Outline: In its last moment a card still pays <place>
      Given it is 23:59:59 on 30 November 2026 in the shop
      When Ada orders 1 "Earl Grey" <place> with a card that expires in 11/26
      Then Ada sees the order confirmed with a total of £4.50
      And the bank has taken £4.50

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: When the next month begins the card pays no longer <place>
      Given it is 00:00:00 on 1 December 2026 in the shop
      When Ada orders 1 "Earl Grey" <place> with a card that expires in 11/26
      Then Ada is told "The card has expired."
      And the books show no order of Ada
      And the bank has taken nothing
      And 10 "Earl Grey" are left

      Examples:
        | place           |
        | on the website  |
        | through the app |
