"""Payments: charges and refunds of each shop, made at the bank exactly once."""
