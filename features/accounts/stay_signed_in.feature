Feature: Staying signed in
  A customer stays signed in while she is there, for at most 12 hours, and not for long after she has gone.

  Background:
    Given it is 10:00 on 3 March 2026 in the shop
    And Ada has an account

  Rule: Whoever stays away for 30 minutes signs in again

    Scenario Outline: A customer who was away for 29 minutes and 59 seconds is still signed in <place>
      Given Ada is signed in <place>
      When Ada comes back after 29 minutes and 59 seconds
      Then Ada is signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A customer who was away for 30 minutes is asked to sign in <place>
      Given Ada is signed in <place>
      When Ada comes back after 30 minutes
      Then Ada is asked to sign in
      And Ada is not signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Every visit begins the 30 minutes anew

    Scenario Outline: A customer who has come back in time has 30 minutes again <place>
      Given Ada is signed in <place>
      And Ada has come back after 29 minutes and 59 seconds
      When Ada comes back after 29 minutes and 59 seconds
      Then Ada is signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A customer who has come back in time is asked to sign in after 30 minutes more <place>
      Given Ada is signed in <place>
      And Ada has come back after 29 minutes and 59 seconds
      When Ada comes back after 30 minutes
      Then Ada is asked to sign in
      And Ada is not signed in

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: After 12 hours everybody signs in again, however busy

    Scenario Outline: However busy, <who> is signed in for 11 hours, 59 minutes and 59 seconds
      Given <who> has kept busy through the app for 11 hours and 45 minutes
      When <who> comes back after 14 minutes and 59 seconds
      Then <who> is signed in

      Examples: a customer and the owner
        | who    |
        | Ada    |
        | Olivia |

    Scenario Outline: However busy, <who> is asked to sign in after 12 hours
      Given <who> has kept busy through the app for 11 hours and 45 minutes
      When <who> comes back after 15 minutes
      Then <who> is asked to sign in
      And <who> is not signed in

      Examples: a customer and the owner
        | who    |
        | Ada    |
        | Olivia |
