"""Catalogue: what shops sell, how many pieces are left, and for whom some are held."""
