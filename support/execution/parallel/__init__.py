"""Running scenarios side by side: a conductor that reads and tells, workers that run (ADR 12).

`Staff` is what a suite adds to that: what each worker opens for itself, and what is done when one has died. What does
the running is imported where it is used: most runs have one job.
"""

from typing import TYPE_CHECKING

from ._staff import Nobody, Policy, Staff

if TYPE_CHECKING:
    from ._attempts import Unsteady as Unsteady
    from ._conductor import Conductor as Conductor
    from ._live import Running as Running
    from ._live import SideBySide as SideBySide

__all__ = ["Nobody", "Policy", "Staff"]
