@contract
Feature: What browsers and caches are told
  Pages, data and refusals tell browsers and caches to keep them to themselves, and to run nothing that the shop did
  not write.

  Rule: A page runs only what the shop itself has written, and no other site frames it or learns of it

    Scenario Outline: With <page> comes <header>
      When a visitor fetches <page>
      Then the answer has the header "<header>" with "<value>"

      Examples: a page that there is, and one that says that there is none
        | page                       | header                  | value                                                                                              |
        | the first page             | Content-Security-Policy | default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none' |
        | the first page             | X-Frame-Options         | DENY                                                                                               |
        | the first page             | X-Content-Type-Options  | nosniff                                                                                            |
        | the first page             | Referrer-Policy         | same-origin                                                                                        |
        | a page that does not exist | Content-Security-Policy | default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none' |
        | a page that does not exist | X-Frame-Options         | DENY                                                                                               |
        | a page that does not exist | X-Content-Type-Options  | nosniff                                                                                            |
        | a page that does not exist | Referrer-Policy         | same-origin                                                                                        |

  Rule: What an app is told is data, of which nothing runs

    Scenario Outline: With the list of products comes <header>
      When a visitor fetches the list of products
      Then the answer has the header "<header>" with "<value>"

      Examples:
        | header                  | value                                      |
        | X-Content-Type-Options  | nosniff                                    |
        | Content-Security-Policy | default-src 'none'; frame-ancestors 'none' |

    Scenario: An app that nobody has signed in to is told how to
      When a visitor fetches the session, which she has not begun
      Then the answer has the header "WWW-Authenticate" with "Bearer"

  Rule: Neither what is shown nor what is refused is kept anywhere on the way

    Scenario Outline: Nobody keeps <what>
      When a visitor fetches <what>
      Then the answer has the header "Cache-Control" with "no-store"

      Examples:
        | what                                 |
        | the first page                       |
        | a page that does not exist           |
        | the list of products                 |
        | the session, which she has not begun |
        | the orders, which are not hers       |
        | the sales, which are not hers        |

  Rule: The session is for the shop's own pages alone

    Scenario: The session is kept where neither scripts nor other sites get at it
      Given Ada has an account
      When Ada signs in on the website
      Then neither scripts nor other sites can get at her session

  Rule: Whoever is locked out learns when to come back

    Scenario: A locked account tells for how long
      Given it is 10:00 on 3 March 2026 in the shop
      And Ada has an account
      And Ada has given 5 wrong passwords
      When Ada signs in through the app
      Then the answer has the header "Retry-After" with "900"
