Feature: The bank is in trouble
  When the bank does not work, the shop says so, takes nothing, and comes back by itself.

  Background:
    Given the shop sells
      | product   | price | stock |
      | Earl Grey | £4.50 | 10    |
    And Ada has an account

  Rule: While the bank cannot be reached nothing is ordered

    Scenario Outline: Nothing is ordered <place> while the payment desk cannot reach the bank
      Given Ada is about to pay for 2 "Earl Grey" <place>
      And the payment desk cannot reach the bank
      When Ada pays
      Then Ada is asked to try again in a moment
      And the books show no order of Ada
      And 10 "Earl Grey" are left
      And the bank has taken nothing

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: After five failures running the shop leaves the bank alone for half a minute

    Scenario: After four failures running the bank is asked, and pays
      Given it is 10:00 on 2 March 2026 in the shop
      And the bank has failed the shop 4 times running and works again
      When Ada orders 2 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £9.00

    Scenario: After five failures running nothing is ordered, although the bank works again
      Given it is 10:00 on 2 March 2026 in the shop
      And the bank has failed the shop 5 times running and works again
      When Ada orders 2 "Earl Grey" through the app
      Then Ada is asked to try again in a moment
      And the books show no order of Ada
      And 10 "Earl Grey" are left
      And the bank has taken nothing

    Scenario: A success between begins the count anew
      Given the bank has failed the shop 4 times running and works again
      And Ada has ordered 1 "Earl Grey" through the app
      And the bank has failed the shop 4 times running and works again
      When Ada orders 2 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £9.00

    Scenario Outline: After <duration> an order is <answer>
      Given it is 10:00 on 2 March 2026 in the shop
      And the bank has failed the shop 5 times running and works again
      And <duration> have passed
      When Ada orders 2 "Earl Grey" through the app
      Then the books show <orders>
      And the bank has taken <money>

      Examples: a moment before and at half a minute
        | duration   | answer   | orders                     | money   |
        | 29 seconds | refused  | no order of Ada            | nothing |
        | 30 seconds | accepted | 1 order of Ada worth £9.00 | £9.00   |

    Scenario Outline: If the bank fails again when it is asked again, an order <duration> later is <answer>
      Given it is 10:00 on 2 March 2026 in the shop
      And the bank has failed the shop 5 times running and works again
      And 30 seconds have passed
      And the bank has failed the shop once more and works again
      And <duration> have passed
      When Ada orders 2 "Earl Grey" through the app
      Then the books show <orders>

      Examples: one failure is enough for another half minute
        | duration   | answer   | orders                     |
        | 29 seconds | refused  | no order of Ada            |
        | 30 seconds | accepted | 1 order of Ada worth £9.00 |

    Scenario: The trouble of one shop is not the trouble of another
      Given the bank has failed another shop 5 times running and works again
      When Ada orders 2 "Earl Grey" through the app
      Then Ada sees the order confirmed with a total of £9.00
      And the bank has taken £9.00

  Rule: A payment whose outcome is not known yet is settled once

    Scenario: An order whose payment is answered too late is confirmed by itself
      Given Ada is about to pay for 2 "Earl Grey" through the app
      And the payment desk answers the order desk too late once
      When Ada pays
      Then the order went through "placed, confirmed"
      And Ada receives one mail that confirms the order
      And the books show 1 order of Ada worth £9.00
      And the bank has taken £9.00

    Scenario: An order whose payment is declined too late does not come about, and its customer is told by mail
      Given the payment desk answers the order desk too late once
      When Ada orders 2 "Earl Grey" through the app with a card that is declined
      Then the order went through "placed, rejected"
      And Ada receives one mail that says that the order did not come about
      And the books show no order of Ada
      And the bank has taken nothing
      And 10 "Earl Grey" are left
