"""Starts the service: ``python -m demo.storefront.bank``."""

from demo.storefront.platform.process import run_service

from .app import BankSettings, create_app

if __name__ == "__main__":
    run_service(BankSettings.read, create_app)
