"""Starts the service: ``python -m demo.storefront.catalogue``."""

from demo.storefront.platform.process import run_service

from .app import CatalogueSettings, create_app

if __name__ == "__main__":
    run_service(CatalogueSettings.read, create_app)
