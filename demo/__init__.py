"""Complete systems, to look at and to run."""
