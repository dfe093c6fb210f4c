"""Reporting: what shops sold, day by day, as the events of orders tell it."""
