"""Orders: what customers want, and how it becomes theirs: reserved, paid, shipped."""
