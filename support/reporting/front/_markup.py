"""Writing HTML in which every text is escaped, because only an element may stand unescaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from .._plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


class Html(str):
    """Markup; every other string is a text."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str) -> Html:
    """An element with its children, texts escaped; a trailing `_` of an attribute's name goes, another becomes `-`."""
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{_safe(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{told}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Html:
    """Children beside each other."""
    return Html("".join(each if isinstance(each, Html) else _safe(each) for each in children))


def link(text: str, *path: str) -> Html:
    """A link to a file below the run's folder or beside it; whatever the path says, it leads to no other scheme."""
    return element("a", text, href="/".join(quote(each, safe="/", errors="replace") for each in path))


def section(title: str, *children: str, name: str) -> Html:
    """A part of the page with a heading; nothing if it has no content."""
    if not any(children):
        return Html()
    return element("section", element("h2", title, id=name), *children)


def facts(pairs: Iterable[tuple[str, str]]) -> Html:
    """A list of names and values; those without a value are left out."""
    told = [element("div", element("dt", name), element("dd", value)) for name, value in pairs if value]
    return element("dl", *told) if told else Html()


def folded(summary: str, *children: str, class_: str = "") -> Html:
    """Something that opens when asked to, without a script."""
    return element("details", element("summary", summary), *children, **({"class_": class_} if class_ else {}))


def _safe(text: str) -> str:
    return escape(visible(text))
