@contract
Feature: Names that look like instructions
  What a customer writes is kept and shown as it was written. Nothing that reads it takes it for an instruction.

  Rule: What a customer writes is shown and never obeyed

    Scenario Outline: A name that looks like an instruction is shown as it was written <place>: <name>
      When Ben opens an account <place> under the name "<name>"
      Then Ben is greeted as "<name>"

      Examples:
        | place           | name                    |
        | on the website  | <b>Ben</b>              |
        | on the website  | {{ 7 * 7 }}             |
        | through the app | Ben'; DROP SCHEMA x; -- |
