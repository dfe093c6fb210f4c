Feature: Guessing a password
  Whoever guesses is stopped after five wrong passwords, and the customer whose account it is learns of it.

  Background:
    Given it is 10:00 on 3 March 2026 in the shop
    And Ada has an account

  Rule: Five wrong passwords lock an account

    Scenario Outline: After four wrong passwords the right one still lets a customer in <place>
      Given Ada has given 4 wrong passwords
      When Ada signs in <place>
      Then Ada is signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: After five wrong passwords not even the right one lets anybody in <place>
      Given Ada has given 5 wrong passwords
      When Ada signs in <place>
      Then Ada is told "Too many wrong passwords. Try again in 15 minutes."
      And Ada is not signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: The fifth wrong password itself is told that the account is locked <place>
      Given Ada has given 4 wrong passwords
      When Ada signs in <place> with a wrong password
      Then Ada is told "Too many wrong passwords. Try again in 15 minutes."

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: The fourth wrong password is told no more than the first
      Given Ada has given 3 wrong passwords
      When Ada signs in through the app with a wrong password
      Then Ada is told "The e-mail address or the password is wrong."

    Scenario Outline: A customer who is signed in stays so while others guess her password <place>
      Given Ada is signed in <place>
      And Ada has given 5 wrong passwords
      When Ada comes back after a minute
      Then Ada is signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Only wrong passwords within 15 minutes count together

    Scenario: A fifth wrong password 14 minutes and 59 seconds after the others locks the account
      Given Ada has given 4 wrong passwords
      And 14 minutes and 59 seconds have passed
      And Ada has given another wrong password
      When Ada signs in through the app
      Then Ada is told "Too many wrong passwords. Try again in 15 minutes."

    Scenario: A fifth wrong password 15 minutes after the others leaves the account open
      Given Ada has given 4 wrong passwords
      And 15 minutes have passed
      And Ada has given another wrong password
      When Ada signs in through the app
      Then Ada is signed in

    Scenario: Of wrong passwords that are spread over time, four within 15 minutes leave the account open
      Given Ada has given 2 wrong passwords
      And 10 minutes have passed
      And Ada has given 2 wrong passwords
      And 5 minutes have passed
      And Ada has given 2 wrong passwords
      When Ada signs in through the app
      Then Ada is signed in

    Scenario: Of wrong passwords that are spread over time, five within 15 minutes lock the account
      Given Ada has given 2 wrong passwords
      And 10 minutes have passed
      And Ada has given 2 wrong passwords
      And 5 minutes have passed
      And Ada has given 3 wrong passwords
      When Ada signs in through the app
      Then Ada is told "Too many wrong passwords. Try again in 15 minutes."

    Scenario: The right password begins the count anew
      Given Ada has given 4 wrong passwords
      And Ada has signed in through the app
      And Ada has given 4 wrong passwords
      When Ada signs in through the app
      Then Ada is signed in

    Scenario: In the new count, too, the fifth wrong password locks the account
      Given Ada has given 4 wrong passwords
      And Ada has signed in through the app
      And Ada has given 5 wrong passwords
      When Ada signs in through the app
      Then Ada is told "Too many wrong passwords. Try again in 15 minutes."

  Rule: A lock lasts 15 minutes

    Scenario Outline: After 14 minutes and 59 seconds the customer is still told to wait <place>
      Given Ada has given 5 wrong passwords
      And 14 minutes and 59 seconds have passed
      When Ada signs in <place>
      Then Ada is told "Too many wrong passwords. Try again in a minute."
      And Ada is not signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: The account is open again after 15 minutes <place>
      Given Ada has given 5 wrong passwords
      And 15 minutes have passed
      When Ada signs in <place>
      Then Ada is signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: After <duration> the customer is told to try again in <rest>
      Given Ada has given 5 wrong passwords
      And <duration> have passed
      When Ada signs in through the app
      Then Ada is told "Too many wrong passwords. Try again in <rest>."

      Examples: what is left, a begun minute told as a whole one
        | duration                  | rest       |
        | 59 seconds                | 15 minutes |
        | 13 minutes and 59 seconds | 2 minutes  |
        | 14 minutes                | a minute   |

    Scenario: Guessing on while the account is locked does not lock it for longer
      Given Ada has given 5 wrong passwords
      And 14 minutes and 59 seconds have passed
      And Ada has given 5 wrong passwords
      And a second has passed
      When Ada signs in through the app
      Then Ada is signed in

    Scenario: What was guessed during a lock does not count after it
      Given Ada has given 5 wrong passwords
      And 14 minutes and 59 seconds have passed
      And Ada has given 5 wrong passwords
      And a second has passed
      And Ada has given 4 wrong passwords
      When Ada signs in through the app
      Then Ada is signed in

  Rule: A lock concerns one account of one shop

    Scenario: Another customer signs in while the account of the first is locked
      Given Ben has an account
      And Ada has given 5 wrong passwords
      When Ben signs in through the app
      Then Ben is signed in

    Scenario: A customer whose account is locked in one shop signs in to another
      Given Ada has an account in another shop
      And Ada has given 5 wrong passwords
      When Ada signs in to the other shop through the app
      Then Ada is signed in

  Rule: A lock does not tell who has an account

    Scenario Outline: An address without an account is refused in the same words <place>
      Given Ben has no account
      And Ben has given 5 wrong passwords
      When Ben signs in <place>
      Then Ben is told "Too many wrong passwords. Try again in 15 minutes."
      And the other departments hear nothing of a locked account
      And Ben receives no mail that warns of the lock

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Each lock warns the customer once

    Scenario: The fifth wrong password warns the customer
      Given Ada has given 4 wrong passwords
      When Ada signs in on the website with a wrong password
      Then the other departments hear of the locked account once
      And Ada receives one mail that warns of the lock

    Scenario: The fourth wrong password warns nobody
      Given Ada has given 3 wrong passwords
      When Ada signs in on the website with a wrong password
      Then the other departments hear nothing of a locked account
      And Ada receives no mail that warns of the lock

    Scenario: After many wrong passwords at the same moment not even the right one lets anybody in
      Given Ada has given 12 wrong passwords at the same moment
      When Ada signs in through the app
      Then Ada is told "Too many wrong passwords. Try again in 15 minutes."

    Scenario: Many wrong passwords at the same moment warn the customer once
      When Ada gives 12 wrong passwords at the same moment
      Then the other departments hear of the locked account once
      And Ada receives one mail that warns of the lock

    Scenario: Guessing on does not warn the customer again
      Given Ada has given 5 wrong passwords
      When Ada signs in on the website with a wrong password
      Then the other departments hear of the locked account once
      And Ada receives one mail that warns of the lock

    Scenario: A second lock warns the customer a second time
      Given Ada has given 5 wrong passwords
      And a day has passed
      And Ada has given 4 wrong passwords
      When Ada signs in on the website with a wrong password
      Then the other departments hear of the locked account twice
      And Ada receives a second mail that warns of the lock
