Feature: The price changes
  A customer pays the price that she has seen, or is told the new one before anything is taken.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account

  Rule: Nobody pays a price that she has not seen

    Scenario Outline: A customer learns that the price has <changed>, and orders nothing unawares <place>
      Given Ada is about to pay for 2 "Earl Grey" <place>
      And the price of "Earl Grey" has <changed> to <price>
      When Ada pays
      Then Ada is told "Earl Grey costs <price> now. Please check your order."
      And the books show no order of Ada
      And the bank has taken nothing

      Examples:
        | changed | price | place           |
        | risen   | £5.00 | on the website  |
        | risen   | £5.00 | through the app |
        | fallen  | £4.00 | on the website  |
        | fallen  | £4.00 | through the app |

    Scenario Outline: A customer who accepts the new price gets her order <place>
      Given Ada is about to pay for 2 "Earl Grey" <place>
      And the price of "Earl Grey" has risen to £5.00
      And Ada has tried to pay with a good card and was told "Earl Grey costs £5.00 now. Please check your order."
      When Ada pays
      Then Ada sees the order confirmed with a total of £10.00
      And the books show 1 order of Ada worth £10.00
      And the bank has taken £10.00

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A price that changes after the order changes nothing about the order

    Scenario: An order keeps its price
      Given Ada has ordered 2 "Earl Grey" on the website
      When Olivia changes the price of "Earl Grey" to £5.00 on the website
      Then the books show 1 order of Ada worth £9.00
      And the bank has taken £9.00
