Feature: Usable by everybody
  Whoever sees, hears or moves differently shops and works here as everybody does.

  Background:
    Given the shop sells
      | product   | price |
      | Earl Grey | £4.50 |

  Rule: Everybody can use the rooms that she may enter

    Scenario Outline: Everybody can use the <room> as a visitor
      When a visitor goes to the <room> on the website
      Then the visitor sees the <room>
      And everybody can use what is shown

      Examples:
        | room         |
        | shelf        |
        | registration |
        | sign-in      |

    Scenario Outline: Everybody can use the <room> as a customer
      Given Ada has an account
      And Ada has ordered 1 "Earl Grey" through the app
      And Ada has put 2 "Earl Grey" into the basket on the website
      When Ada goes to the <room> on the website
      Then Ada sees the <room>
      And everybody can use what is shown

      Examples:
        | room          |
        | shelf         |
        | basket        |
        | checkout      |
        | order history |

    Scenario Outline: Everybody can use the <room> as <role>
      Given Ada has an account
      And Ada has ordered 1 "Earl Grey" through the app
      When <who> goes to the <room> on the website
      Then <who> sees the <room>
      And everybody can use what is shown

      Examples:
        | who    | role      | room       |
        | Cleo   | the clerk | order book |
        | Cleo   | the clerk | price list |
        | Olivia | the owner | order book |
        | Olivia | the owner | price list |
        | Olivia | the owner | sales book |

    Scenario: Everybody can use the confirmation of an order
      Given Ada has an account
      When Ada orders 1 "Earl Grey" on the website
      Then everybody can use what is shown

  Rule: What went wrong is told so that everybody can understand it

    Scenario: Everybody learns that a sign-in was refused
      Given Ada has an account
      When Ada signs in on the website with a wrong password
      Then Ada is told "The e-mail address or the password is wrong."
      And everybody can use what is shown

    Scenario: Everybody learns that a card was declined
      Given Ada has an account
      When Ada orders 1 "Earl Grey" on the website with a card that is declined
      Then Ada is told "The card was declined. Nothing was ordered."
      And everybody can use what is shown

    Scenario: Everybody learns what is not for her
      Given Ada has an account
      When Ada goes to the order book on the website
      Then Ada is not permitted to do that
      And everybody can use what is shown

  Rule: A customer needs no mouse

    Scenario: A customer signs in with the keyboard alone
      Given Ada has an account
      When Ada signs in with the keyboard alone
      Then Ada is signed in

    Scenario: A customer orders and pays with the keyboard alone
      Given Ada has an account
      When Ada orders 2 "Earl Grey" with the keyboard alone
      Then Ada sees the order confirmed with a total of £9.00
      And the books show 1 order of Ada worth £9.00
