"""What keeps people with a disability from using a page, as axe-core finds it: https://dequeuniversity.com/rules/axe/.

axe-core comes with a wheel and is evaluated through DevTools: no network is needed, and no Content-Security-Policy of
the page stands in its way.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from ..core import ConfigurationError, Exhibit, did_you_mean, sentence
from ._browser_private import find_private, without
from ._exhibits import bounded, count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page

    from ..core import Evidence

Impact = Literal["minor", "moderate", "serious", "critical"]
"""How heavily a finding weighs, in axe's words; the heaviest last."""

_IMPACTS: Final[tuple[str, ...]] = get_args(Impact)
_LONGEST_ELEMENT: Final = 120
_MOST_ELEMENTS: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One of axe's rules that a page breaks: its id, its weight, what it asks for, and the HTML of the elements."""

    rule: str
    impact: str
    help: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        """For a message: "critical label: Form elements must have labels: <input name="q">"."""
        shown = self.elements[:_MOST_ELEMENTS]
        more = len(self.elements) - len(shown)
        told = f"{self.impact} {self.rule}: {self.help}: {', '.join(shown)}"
        return f"{told} and {more} more" if more else told


def examine(page: Page, evidence: Evidence, at_least: Impact) -> list[Finding]:
    """What weighs that much on the page as it stands, the heaviest first; everything is kept, but for what is private.

    ConfigurationError for a weight in a word that axe does not use.
    """
    from axe_playwright_python.sync_playwright import Axe

    if at_least not in _IMPACTS:
        raise ConfigurationError(sentence(f"No impact is called {at_least!r}.", did_you_mean(at_least, _IMPACTS)))
    violations = Axe().run(page).response["violations"]
    private = find_private(page, evidence.clean).values
    found = sorted((_finding(each, private) for each in violations), key=_lightness)
    evidence.keep(_exhibit(page.url, found))
    return [finding for finding in found if _IMPACTS.index(finding.impact) >= _IMPACTS.index(at_least)]


def _exhibit(url: str, found: list[Finding]) -> Exhibit:
    return Exhibit(
        "browser.accessibility",
        f"{count(len(found), 'accessibility finding')} on {url}",
        body=bounded("\n".join(map(str, found))),
        data={"url": url, "findings": [asdict(finding) for finding in found]},
    )


def _finding(violation: Mapping[str, Any], private: Sequence[str]) -> Finding:
    elements = tuple(_shortened(without(node["html"], private)) for node in violation["nodes"])
    return Finding(violation["id"], violation["impact"] or _IMPACTS[0], violation["help"], elements)


def _lightness(finding: Finding) -> tuple[int, str]:
    return -_IMPACTS.index(finding.impact), finding.rule


def _shortened(html: str) -> str:
    line = " ".join(html.split())
    return line if len(line) <= _LONGEST_ELEMENT else f"{line[:_LONGEST_ELEMENT]}..."
