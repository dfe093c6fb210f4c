@contract
Feature: What browsers and caches are told
  Pages, data and refusals tell browsers and caches to keep them to themselves, and to run nothing that the shop did
  not write.

  Rule: A page runs only what the shop itself has written, and no other site frames it

    Scenario Outline: With <page> comes <header>
      When a visitor fetches <page>
      Then the answer has the header "<header>" with "<value>"

      Examples:
        | page                       | header                  | value                                                                                              |
        | the first page             | Content-Security-Policy | default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none' |
        | the first page             | X-Frame-Options         | DENY                                                                                               |
        | the first page             | X-Content-Type-Options  | nosniff                                                                                            |
        | the first page             | Referrer-Policy         | same-origin                                                                                        |
        | the first page             | Cache-Control           | no-store                                                                                           |
        | a page that does not exist | X-Content-Type-Options  | nosniff                                                                                            |
        | a page that does not exist | Cache-Control           | no-store                                                                                           |

  Rule: What an app is told, and refused, is data and is kept nowhere on the way

    Scenario Outline: With <data> comes <header>
      When a visitor fetches <data>
      Then the answer has the header "<header>" with "<value>"

      Examples:
        | data                                 | header                  | value                                      |
        | the list of products                 | X-Content-Type-Options  | nosniff                                    |
        | the list of products                 | Cache-Control           | no-store                                   |
        | the list of products                 | Content-Security-Policy | default-src 'none'; frame-ancestors 'none' |
        | the session, which she has not begun | Cache-Control           | no-store                                   |
        | the session, which she has not begun | WWW-Authenticate        | Bearer                                     |
        | the orders, which are not hers       | Cache-Control           | no-store                                   |
        | the sales, which are not hers        | Cache-Control           | no-store                                   |

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
