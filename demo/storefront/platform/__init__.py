"""What every service of the storefront stands on: settings, process, telemetry, stores and events."""
