Feature: Opening an account
  A visitor who opens an account is a customer at once: signed in, written down, announced and welcomed.

  Rule: A new customer is welcomed at once

    Scenario Outline: A new customer is signed in, written down, announced and welcomed <place>
      When Ada opens an account <place>
      Then Ada is signed in
      And the books show 1 customer
      And the other departments hear of the new customer once
      And Ada receives one mail that welcomes her

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Without a name and an e-mail address nobody gets an account

    Scenario: A visitor who gives no name is asked for one
      When Ada opens an account on the website without a name
      Then Ada is told "Enter a name of 1 to 80 characters."
      And the books show no customer

    Scenario: A visitor who gives no usable e-mail address is asked for one
      When Ada opens an account on the website with the e-mail address "ada at home"
      Then Ada is told "Enter an e-mail address such as ada@example.com."
      And the books show no customer

  Rule: A name has 1 to 80 characters

    Scenario Outline: A name of <length> is accepted
      When Ben opens an account through the app under the name "<name>"
      Then Ben is greeted as "<name>"
      And the books show 1 customer

      Examples: both ends of what is allowed
        | length        | name                                                                             |
        | 1 character   | B                                                                                |
        | 80 characters | Benedict Benjamin Bartholomew Barnaby Balthasar Bernard Boniface Basil of Boston |

    Scenario: A name of 81 characters is refused
      When Ben opens an account through the app under the name "Benedict Benjamin Bartholomew Barnaby Balthasar Bernard Boniface Basil of Bostons"
      Then Ben is told "Enter a name of 1 to 80 characters."
      And the books show no customer

  Rule: A password has 10 to 128 characters

    Scenario Outline: A password of <length> characters is accepted
      When Ada opens an account on the website with a password of <length> characters
      Then Ada is signed in
      And the books show 1 customer

      Examples: both ends of what is allowed
        | length |
        | 10     |
        | 128    |

    Scenario Outline: A password of <length> characters is refused
      When Ada opens an account on the website with a password of <length> characters
      Then Ada is told "<reason>"
      And the books show no customer

      Examples: one too few, one too many
        | length | reason                                    |
        | 9      | Use a password of at least 10 characters. |
        | 129    | Use a password of at most 128 characters. |

  Rule: An e-mail address belongs to one account in a shop; only who opens an account learns that it is taken

    Scenario: An address in capital letters is the same address
      Given Ada has an account
      When Ben opens an account on the website with Ada's address in capital letters
      Then Ben is told "An account with this e-mail address already exists."
      And the books show 1 customer

    Scenario: A customer of one shop can open an account in another with the same address
      Given Ada has an account in another shop
      When Ada opens an account on the website
      Then Ada is signed in
      And the books show 1 customer
