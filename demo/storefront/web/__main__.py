"""Starts the service: ``python -m demo.storefront.web``."""

from demo.storefront.platform.process import run_service

from .app import WebSettings, create_app

if __name__ == "__main__":
    run_service(WebSettings.read, create_app)
