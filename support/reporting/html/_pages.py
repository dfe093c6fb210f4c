"""Editing what Allure has made: nothing calls home, nothing foreign executes, a trace opens in our own viewer."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ._errors import ReportUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSETS: Final = Path(__file__).parent / "assets"

_ANALYTICS: Final = re.compile(
    r"<script async src=\"https?://[^\"]+\"></script>\s*<script>\s*window\.dataLayer.*?</script>", re.DOTALL
)
_FOREIGN: Final = re.compile(r"(?:src|href)=\"(?:https?:)?//")
_SCRIPT: Final = re.compile(r"<script(?=[\s>])")

_OPENS_TRACE: Final = re.compile(rb"[\w$]+\(\(async\(\)=>\(await\(0,[\w$]+\.[\w$]+\)\(([\w$]+)\)\)\.blob\(\)\)\)")
_PUBLIC_VIEWER: Final = b'"https://trace.playwright.dev"'

_POLICY: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "script-src": "'nonce-{nonce}'",
    "style-src": "'self' 'unsafe-inline' data:",
    "img-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "frame-src": "'self' data: blob:",
    "base-uri": "'self'",
    "form-action": "'none'",
}
"""Scripts are ours by a word that no result can know; nothing comes from elsewhere. Allure writes its own styles."""


def edit_page(page: str, name: str, links: Mapping[str, str], *, quiet: bool = False) -> str:
    """A page that calls nobody, fits a telephone, and leads to the other pages: `links` are addresses by their name.

    `quiet`: nothing was said of the run as a whole, so the places for that are left out.
    """
    page = _ANALYTICS.sub("", page)
    nonce = hashlib.sha256(page.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    begun, _, rest = page.partition("</head>")
    if not rest or _FOREIGN.search(begun) or "<body>" not in rest or "googletagmanager" in page:
        msg = "A page of Allure's is not as it is known, so it may call somebody when it is opened"
        raise ReportUnavailable.after(msg, ())
    script = (ASSETS / "report.js").read_text(encoding="utf-8")
    style = (ASSETS / "report.css").read_text(encoding="utf-8")
    begun = begun.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{_policy(nonce)}', 1)
    rest = rest.replace("<body>", f"<body>\n{_navigation(name, links, quiet=quiet)}", 1)
    whole = f"{begun}<style>{style}</style>\n<script>{script}</script>\n</head>{rest}"
    return _SCRIPT.sub(f'<script nonce="{nonce}"', whole)


def edit_program(program: bytes) -> bytes:
    """The program of a page, in which a trace opens through `openTrace` of ours instead of the public viewer.

    ReportUnavailable if it is not the program that is known.
    """
    if _PUBLIC_VIEWER not in program:
        return program
    edited, count = _OPENS_TRACE.subn(rb"window.openTrace(\1)", program)
    if count != 1:
        msg = "Allure's program opens traces in a way that is not known, so they would go to a public viewer"
        raise ReportUnavailable.after(msg, ())
    return edited.replace(_PUBLIC_VIEWER, b'""')


def _policy(nonce: str) -> str:
    told = "; ".join(f"{name} {value}" for name, value in _POLICY.items()).replace("{nonce}", nonce)
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{told}">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
    )


def _navigation(name: str, links: Mapping[str, str], *, quiet: bool) -> str:
    told = "".join(
        f'<a href="{html.escape(address)}">{html.escape(name)}</a>'
        if address
        else f'<a aria-current="page">{html.escape(name)}</a>'
        for name, address in links.items()
    )
    kind = "rehearsal-pages quiet" if quiet else "rehearsal-pages"
    return f'<nav class="{kind}" aria-label="Pages"><strong>{html.escape(name)}</strong>{told}</nav>'
