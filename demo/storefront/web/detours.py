"""Detours: another page than the one that was asked for, and the way back from signing in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from starlette.responses import Response

_OURS = re.compile(
    r"/(basket|checkout(\?sku=[a-z0-9-]{1,40}&quantity=[0-9]{1,2})?"
    r"|orders(/[A-Za-z0-9_-]{1,64})?|office(/(orders(/[A-Za-z0-9_-]{1,64})?|products|sales))?)?"
)


class DetourError(Exception):
    """The request is answered with another page than it asked for."""

    def __init__(self, response: Response) -> None:
        """Answer with ``response``."""
        super().__init__()
        self.response = response


def safe_path(path: str) -> str:
    """Return a path within a shop where it is one of our pages, the shelf's otherwise."""
    return path if _OURS.fullmatch(path) else "/"


def sign_in_path(back: str = "") -> str:
    """Return the path of the sign-in page from which one comes ``back`` to a page of ours, by default the shelf."""
    path = safe_path(back)
    return "/sign-in" if path == "/" else f"/sign-in?back={quote(path, safe='')}"
