"""Notifications: mails that follow from events."""
