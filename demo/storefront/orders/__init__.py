"""Orders: what shops sell, and what their customers ordered."""
