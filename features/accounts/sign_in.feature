Feature: Signing in
  Only she gets in whose account it is, and signing in tells nobody who has an account.

  Background:
    Given Ada has an account

  Rule: The right password lets the customer in

    Scenario Outline: The right password lets a customer in <place>
      When Ada signs in <place>
      Then Ada is signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: A wrong password and an unknown address get the same answer

    Scenario Outline: A wrong password lets nobody in <place>
      When Ada signs in <place> with a wrong password
      Then Ada is told "The e-mail address or the password is wrong."
      And Ada is not signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: An address without an account is refused in the same words
      Given Ben has no account
      When Ben signs in on the website
      Then Ben is told "The e-mail address or the password is wrong."
      And Ben is not signed in

  Rule: Whoever has signed out is no longer signed in where she did so

    Scenario Outline: A customer who signs out <place> is no longer signed in
      Given Ada is signed in <place>
      When Ada signs out
      Then Ada is not signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario: A customer who signs out on the website is still signed in through the app
      Given Ada is signed in through the app
      And Ada is signed in on the website
      When Ada signs out
      Then Ada is not signed in
      And Ada is still signed in through the app
