Feature: Opening an account
  A visitor who opens an account can order, and finds her orders again later.

  Rule: A name, an e-mail address and a password are enough

    Scenario Outline: A new customer is signed in and welcomed <place>
      When Ada opens an account <place>
      Then Ada is signed in
      And the shop knows 1 customer
      And the other departments hear of the new customer once
      And Ada receives the mail "Welcome to Ada's Tea" once

      Examples:
        | place          |
        | on the website |
        | in the app     |

  Rule: A password has 10 to 128 characters

    Scenario Outline: A password of <length> characters is accepted
      When Ada opens an account with a password of <length> characters
      Then Ada is signed in

      Examples: both ends of what is allowed
        | length |
        | 10     |
        | 128    |

    Scenario Outline: A password of <length> characters is refused
      When Ada opens an account with a password of <length> characters
      Then Ada is told "<reason>"
      And the shop knows 0 customers

      Examples: one too few, one too many
        | length | reason                                     |
        | 9      | Use a password of at least 10 characters.  |
        | 129    | Use a password of at most 128 characters.  |

  Rule: An e-mail address belongs to one account in a shop

    Scenario: A second account with the same address is refused, however the address is written
      Given Ada has an account
      When Ben opens an account with the e-mail address of Ada in capital letters
      Then Ben is told "An account with this e-mail address already exists."
      And the shop knows 1 customer

    Scenario: The same address may have an account in another shop
      Given Ada has an account in another shop
      When Ada opens an account on the website
      Then Ada is signed in
