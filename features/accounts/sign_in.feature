Feature: Signing in
  Only the owner of an account gets in, and nobody learns who has an account.

  Background:
    Given Ada has an account

  Rule: The right password opens the account

    Scenario Outline: A customer signs in <place>
      When Ada signs in <place>
      Then Ada is signed in

      Examples:
        | place          |
        | on the website |
        | in the app     |

  Rule: A wrong password and an unknown address get the same answer

    Scenario: A wrong password is refused
      When Ada signs in with a wrong password
      Then Ada is told "The e-mail address or the password is wrong."

    Scenario: An address without an account is refused in the same words
      When Ben signs in on the website
      Then Ben is told "The e-mail address or the password is wrong."

  Rule: Who has signed out is out

    Scenario: A customer who signed out must sign in again
      Given Ada signs in in the app
      When Ada signs out
      Then Ada is no longer signed in
