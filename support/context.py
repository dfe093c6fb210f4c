"""What a step may see of behave's context: the world, and the table or text under the step. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .world import World


class Row(Protocol):
    """One row of a step's table: cells by heading."""

    def __getitem__(self, heading: str) -> str: ...

    def as_dict(self) -> Mapping[str, str]:
        """The cells by heading."""


class Table(Protocol):
    """The table under a step."""

    headings: Sequence[str]

    def __iter__(self) -> Iterator[Row]: ...


class Context(Protocol):
    """The argument of every step.

    It has no other attribute on purpose: what a scenario must remember lives under typed notes (`world.notes`).
    """

    @property
    def world(self) -> World:
        """The scenario's own world."""

    @property
    def table(self) -> Table:
        """The table under the step."""

    @property
    def text(self) -> str:
        """The doc string under the step."""
