"""A mail server for tests: takes everything over SMTP, and shows it as Mailpit does."""
