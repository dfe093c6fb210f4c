Feature: Working for the shop
  The owner sees everything, the clerk sees orders and prices but no sales, and a customer sees none of it.

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

  Rule: The price list is for the shop's own people

    Scenario Outline: <who> sees the price list
      Given <who> works for the shop
      When <who> goes to the price list on the website
      Then <who> sees the price list

      Examples:
        | who    |
        | Olivia |
        | Cleo   |

    Scenario: A customer may not see the price list
      Given Ada has an account
      When Ada goes to the price list on the website
      Then Ada is not permitted to do that

    Scenario: A visitor is asked to sign in before seeing the price list
      When a visitor goes to the price list on the website
      Then the visitor is asked to sign in

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

    Scenario Outline: <who> is refused who asks to be made <role>
      Given Ada has an account
      When <who> asks to be made <role> of the shop
      Then <who> is told "This is not the operator's key."

      Examples: a customer, the clerk, and even the owner
        | who    | role      |
        | Ada    | the owner |
        | Ada    | a clerk   |
        | Cleo   | the owner |
        | Olivia | a clerk   |

    Scenario: A customer who has asked to be made a clerk still does not see what only the shop's own people see
      Given Ada has an account
      And Ada has asked to be made a clerk of the shop
      When Ada goes to the order book through the app
      Then Ada is not permitted to do that

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

    Scenario: A clerk cannot begin to work for the shop with a customer's address
      Given Ada has an account
      When Cleo begins to work for the shop with Ada's address in capital letters
      Then Cleo is told "An account with this e-mail address already exists."
