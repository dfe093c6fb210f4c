"""Accounts: shops, their customers, and who is signed in."""
