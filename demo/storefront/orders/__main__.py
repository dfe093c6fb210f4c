"""Starts the service: ``python -m demo.storefront.orders``."""

from demo.storefront.platform.process import run_service

from .app import OrdersSettings, create_app

if __name__ == "__main__":
    run_service(OrdersSettings.read, create_app)
