"""Web: the pages on which customers meet a shop."""
