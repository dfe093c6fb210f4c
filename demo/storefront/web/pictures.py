"""A picture for whatever has none: a pattern of tiles that follows from its key, always the same for the same key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TILE = 40
COLUMNS, ROWS = 6, 3
PALETTES = (
    ("#e3ecdf", "#1f4d3f", "#8db79c", "#f0cf96"),
    ("#f7e6d8", "#a8492f", "#e3a587", "#f3d59b"),
    ("#dfe7ef", "#27496d", "#8fb0cf", "#f0c9a0"),
    ("#f3e3ea", "#7a2f50", "#d69ab2", "#f1d3a4"),
    ("#f5ecd2", "#8a5a12", "#dcb45c", "#9dbb9a"),
    ("#e6e3f1", "#4a3f7d", "#a79fd3", "#f2d1a1"),
    ("#dcecea", "#155e63", "#7fb8b5", "#f3b99b"),
    ("#efe7df", "#5b4636", "#b99c82", "#d9b65f"),
)
_SHAPES = (
    "M{x} {y}h40a40 40 0 0 1-40 40z",  # a quarter of a disc in each corner
    "M{r} {y}v40a40 40 0 0 1-40-40z",
    "M{r} {b}h-40a40 40 0 0 1 40-40z",
    "M{x} {b}v-40a40 40 0 0 1 40 40z",
    "M{x} {y}a40 40 0 0 1 40 40a40 40 0 0 1-40-40z",  # a leaf, leaning either way
    "M{r} {y}a40 40 0 0 1-40 40a40 40 0 0 1 40-40z",
    "M{x} {m}a20 20 0 0 1 40 0z",  # a hill
    "",  # nothing, to breathe
)


@dataclass(frozen=True)
class Picture:
    """A ground, and paths to draw on it, one for each colour."""

    ground: str
    paths: list[tuple[str, str]]


def picture_of(key: str) -> Picture:
    """Return the picture of a product or a shop."""
    draws = hashlib.sha256(key.encode()).digest()
    ground, *colours = PALETTES[draws[0] % len(PALETTES)]
    drawn = dict.fromkeys(colours, "")
    for number, shape in enumerate(_tiles(draws)):
        drawn[colours[draws[number + 1] // len(_SHAPES) % len(colours)]] += shape
    return Picture(ground, [(colour, path) for colour, path in drawn.items() if path])


def _tiles(draws: bytes) -> Iterator[str]:
    for number in range(COLUMNS * ROWS):
        x, y = number % COLUMNS * TILE, number // COLUMNS * TILE
        shape = _SHAPES[draws[number + 1] % len(_SHAPES)]
        yield shape.format(x=x, y=y, r=x + TILE, b=y + TILE, m=y + TILE)
