"""Bank: the sandbox of a third party that takes and returns money; it knows merchants and cards, and no shop."""
