"""Starts the service: ``python -m demo.storefront.accounts``."""

from demo.storefront.platform.process import run_service

from .app import AccountsSettings, create_app

if __name__ == "__main__":
    run_service(AccountsSettings.read, create_app)
