"""Starts the service: ``python -m demo.storefront.notifications``."""

from demo.storefront.platform.process import run_service

from .app import NotificationsSettings, create_app

if __name__ == "__main__":
    run_service(NotificationsSettings.read, create_app)
