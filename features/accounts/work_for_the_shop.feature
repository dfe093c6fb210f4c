Feature: Working for the shop
  The owner sees everything, the clerk sees the orders, and a customer sees neither.

  Rule: The order book is for the shop's own people

    Scenario Outline: <who> sees the order book <place>
      Given <who> works for the shop
      When <who> goes to the order book <place>
      Then <who> sees the order book

      Examples:
        | who    | place           |
        | Olivia | on the website  |
        | Cleo   | on the website  |
        | Olivia | through the app |
        | Cleo   | through the app |

    Scenario Outline: A customer may not see the order book <place>
      Given Ada has an account
      When Ada goes to the order book <place>
      Then Ada is not permitted to do that

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A visitor is asked to sign in before seeing the order book <place>
      When a visitor goes to the order book <place>
      Then the visitor is asked to sign in

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: The sales book is for the owner alone

    Scenario Outline: The owner sees the sales book <place>
      Given Olivia works for the shop
      When Olivia goes to the sales book <place>
      Then Olivia sees the sales book

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A clerk may not see the sales book <place>
      Given Cleo works for the shop
      When Cleo goes to the sales book <place>
      Then Cleo is not permitted to do that

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A customer may not see the sales book <place>
      Given Ada has an account
      When Ada goes to the sales book <place>
      Then Ada is not permitted to do that

      Examples:
        | place           |
        | on the website  |
        | through the app |

    Scenario Outline: A visitor is asked to sign in before seeing the sales book <place>
      When a visitor goes to the sales book <place>
      Then the visitor is asked to sign in

      Examples:
        | place           |
        | on the website  |
        | through the app |

  Rule: Nobody makes herself one of the shop's own people

    Scenario: A customer who asks to be made the owner is refused
      Given Ada has an account
      When Ada asks to be made the owner of the shop
      Then Ada is told "This is not the operator's key."
      And the books show 1 customer

    Scenario: A clerk who asks to be made the owner is refused
      Given Cleo works for the shop
      When Cleo asks to be made the owner of the shop
      Then Cleo is told "This is not the operator's key."

    Scenario Outline: <who>, who has asked to be made the owner, still does not see what only the owner sees
      Given Ada has an account
      And <who> has asked to be made the owner of the shop
      When <who> goes to the sales book through the app
      Then <who> is not permitted to do that

      Examples:
        | who  |
        | Ada  |
        | Cleo |

  Rule: Whoever works for the shop is no new customer

    Scenario: A clerk who begins to work for the shop is not welcomed as a customer
      When Cleo begins to work for the shop
      Then the other departments hear nothing of a new customer
      And Cleo receives no mail that welcomes her

  Rule: Customers and the shop's own people share no address

    Scenario: A customer cannot open an account with the clerk's address
      Given Cleo works for the shop
      When Ada opens an account on the website with Cleo's address in capital letters
      Then Ada is told "An account with this e-mail address already exists."
