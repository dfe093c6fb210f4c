@contract
Feature: Names that look like instructions
  A name is kept and shown as its customer wrote it, to herself and to others. Nothing that reads it takes it for an
  instruction.

  Rule: A name is shown as it was written, and never obeyed

    Scenario Outline: A name that looks like an instruction is greeted and mailed as it was written <place>: <name>
      When Ada opens an account <place> under the name "<name>"
      Then Ada is greeted as "<name>"
      And Ada's mail that welcomes her says "Dear <name>,"

      Examples:
        | place           | name                    |
        | on the website  | <b>Ada</b>              |
        | on the website  | {{ 7 * 7 }}             |
        | through the app | Ada'; DROP SCHEMA x; -- |

    Scenario Outline: In the order book a name that looks like an instruction stands as it was written: <name>
      Given the shop sells
        | product   | price |
        | Earl Grey | £4.50 |
      And Ada has opened an account through the app under the name "<name>"
      And Ada has ordered 1 "Earl Grey" through the app
      When Olivia goes to the order book on the website
      Then Olivia reads "<name>" there
      And Ada's mail that confirms the order says "Dear <name>,"

      Examples:
        | name                    |
        | <b>Ada</b>              |
        | {{ 7 * 7 }}             |
        | Ada'; DROP SCHEMA x; -- |
