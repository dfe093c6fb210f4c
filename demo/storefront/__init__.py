"""A platform on which many shops sell; every shop is a tenant."""
