"""The attributes under which a scenario of behave's carries what the runner knows of it."""

from typing import Final

ATTEMPT: Final = "rehearsal_attempt"
"""Which attempt at it comes next."""

COUNTED: Final = "rehearsal_counted"
"""Which attempt it shows, where it ran several times elsewhere."""

FLAKY: Final = "rehearsal_flaky"
"""Whether it passed only when it was run again."""

TOOK: Final = "rehearsal_took"
"""How long it took, in seconds, where it ran."""
