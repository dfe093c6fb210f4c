"""Running scenarios side by side: a conductor that reads and tells, workers that run (ADR 12).

`Staff` is what a suite adds to that: what each worker opens for itself, and what is done when one has died.
"""

from ._assignments import ATTEMPT
from ._attempts import COUNTED, FLAKY, Unsteady
from ._conductor import Conductor
from ._live import Running, SideBySide
from ._process import processors
from ._replay import TOOK
from ._staff import Nobody, Policy, Staff
from ._start import conduct

__all__ = [
    "ATTEMPT",
    "COUNTED",
    "FLAKY",
    "TOOK",
    "Conductor",
    "Nobody",
    "Policy",
    "Running",
    "SideBySide",
    "Staff",
    "Unsteady",
    "conduct",
    "processors",
]
