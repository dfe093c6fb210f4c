"""Starts the service: ``python -m demo.storefront.payments``."""

from demo.storefront.platform.process import run_service

from .app import PaymentsSettings, create_app

if __name__ == "__main__":
    run_service(PaymentsSettings.read, create_app)
