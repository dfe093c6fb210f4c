Feature: News that arrives twice
  News between departments may arrive more than once. What it causes happens once.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |
    And Ada has an account

  Rule: What is told by mail is told once

    Scenario: A customer whose account is announced twice is welcomed once
      When the news of the new customer reaches the other departments once more
      Then Ada receives one mail that welcomes her

    Scenario: A customer whose order is announced twice has one confirmation
      Given Ada has ordered 2 "Earl Grey" through the app
      When the news of the order reaches the other departments once more
      Then Ada receives one mail that confirms the order

  Rule: What is counted as a sale is counted once

    Scenario: An order that is announced twice is sold once
      Given it is 12:00 on 2 March 2026 in the shop
      And Ada has ordered 2 "Earl Grey" through the app
      And the news of the order has reached the other departments once more
      When Olivia looks at the sales of 2 March 2026 through the app
      Then the report shows
        | day          | orders | sold  | cancelled | refunded | remains |
        | 2 March 2026 | 1      | £9.00 | £0.00     | £0.00    | £9.00   |

    Scenario: A cancellation that is announced twice is taken off once
      Given it is 12:00 on 2 March 2026 in the shop
      And Ada has ordered 2 "Earl Grey" through the app
      And the order has been cancelled
      And the news of the cancellation has reached the other departments once more
      When Olivia looks at the sales of 2 March 2026 through the app
      Then the report shows
        | day          | orders | sold  | cancelled | refunded | remains |
        | 2 March 2026 | 1      | £9.00 | £9.00     | £0.00    | £0.00   |
