"""Disturb: accidents on the way between two parts of the system, for the requests of one scenario only."""

from ._decisions import Decisions
from ._mesh_faults import MeshFault, MeshFaults

__all__ = ["Decisions", "MeshFault", "MeshFaults"]
