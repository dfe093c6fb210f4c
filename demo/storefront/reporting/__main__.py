"""Starts the service: ``python -m demo.storefront.reporting``."""

from demo.storefront.platform.process import run_service

from .app import ReportingSettings, create_app

if __name__ == "__main__":
    run_service(ReportingSettings.read, create_app)
