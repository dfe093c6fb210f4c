"""Words for the user beside what behave's formatters say."""

import sys


def tell(message: str) -> None:
    """Say it on standard error, if there is anything to say: standard output belongs to behave's formatters."""
    if message:
        sys.stdout.flush()
        print(message, file=sys.stderr, flush=True)  # noqa: T201 - the user reads it in the terminal
