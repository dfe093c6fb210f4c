Feature: Buying at once
  A shop may let its customers buy a product straight from the shelf. Where it does not, the basket is the only way.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
      | Assam     | £5.25 |
    And Ada has an account

  Rule: Where the shop allows it, a product is bought straight from the shelf

    Scenario Outline: Buying at once <place> leaves the basket alone
      Given the shop offers express checkout
      And Ada has put 1 "Assam" into the basket <place>
      When Ada orders 2 "Earl Grey" <place>
      Then Ada sees the order confirmed with a total of £9.00
      And Ada finds the basket worth £5.25

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Where the shop does not allow it, orders come from the basket only

    Scenario: The shelf offers nothing to buy at once
      Given the shop does not offer express checkout
      When a visitor enters the shop
      Then "Earl Grey" is for sale
      And "Earl Grey" is not for sale at once

    Scenario: A customer who tries nevertheless is refused
      Given the shop does not offer express checkout
      When Ada orders 2 "Earl Grey" through the app
      Then Ada is told "This shop takes orders from the basket only."
      And the books show no order of Ada
      And the bank has taken nothing

    Scenario Outline: The basket can still be ordered <place>
      Given the shop does not offer express checkout
      And Ada has put 2 "Earl Grey" into the basket <place>
      When Ada orders the basket <place>
      Then Ada sees the order confirmed with a total of £9.00

      Examples:
        | place           |
        | on the website  |
        | through the app |
