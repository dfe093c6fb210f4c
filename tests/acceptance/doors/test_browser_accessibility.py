"""What the browser door finds on pages that shut people out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from support.core import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.core import Evidence
    from support.doors import BrowserDoor, Impact

    from .conftest import Site

    Open = Callable[..., BrowserDoor]

GOOD = """<!doctype html><html lang=en><head><title>Tea</title></head><body><main><h1>Tea</h1>
<label>Name <input name=who></label></main></body></html>"""
BAD = """<!doctype html><html lang=en><head><title>Tea</title></head><body><h1>Tea</h1>
<p style="color: #ccc">Too pale to read</p><input name="quantity" class="%s">
<input name="other"><input name="third"><input name="fourth"></body></html>"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'"
STRICT = {"Content-Security-Policy": POLICY}


def test_a_good_page_has_no_finding(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """Nothing is found, and that it was looked for is kept."""
    site.page("/", GOOD)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    assert door.accessibility("minor") == []
    (kept,) = evidence.of("browser.accessibility")
    assert kept.summary == f"no accessibility findings on {site.origin}/"


def test_what_shuts_people_out_is_found_also_under_the_strictest_policy(open_browser: Open, site: Site) -> None:
    """A page that lets no script run is examined all the same; the worst comes first, with the elements."""
    site.page("/", BAD % "narrow", headers=STRICT)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    label, contrast = door.accessibility()
    assert (label.rule, label.impact, len(label.elements)) == ("label", "critical", 4)
    assert (contrast.rule, contrast.impact) == ("color-contrast", "serious")
    assert str(contrast).endswith('<p style="color: #ccc">Too pale to read</p>')
    assert str(label).startswith(
        'critical label: Form elements must have labels: <input name="quantity" class="narrow">'
    )
    assert str(label).endswith(" and 1 more")


def test_what_weighs_less_is_left_out_but_kept(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """`at_least` decides what is returned; the evidence holds everything."""
    site.page("/", BAD % "x")
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    assert {finding.rule for finding in door.accessibility("critical")} == {"label"}
    impacts = [finding.impact for finding in door.accessibility("moderate")]
    assert impacts == ["critical", "serious", "moderate", "moderate"]
    kept = evidence.of("browser.accessibility")[0]
    assert "moderate region" in str(kept.body)
    assert kept.data["url"] == f"{site.origin}/"


def test_a_long_element_is_shortened(open_browser: Open, site: Site) -> None:
    """A message stays readable however much markup an element has."""
    site.page("/", BAD % ("long " * 40))
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    longest = max(door.accessibility()[0].elements, key=len)
    assert longest.endswith("...")
    assert len(longest) == 123


def test_no_finding_shows_what_is_private(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """The text of an element that the page marks as private stands neither in the finding nor in the evidence."""
    site.page("/", GOOD.replace("</main>", "<p data-private style='color: #eee'>4111 1111 1111 1111</p></main>"))
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    (finding,) = door.accessibility()
    assert "[private]" in str(finding)
    assert "4111" not in json.dumps([str(finding), *(str(exhibit) for exhibit in evidence.all())])


def test_a_weight_that_there_is_not_is_told(open_browser: Open, site: Site) -> None:
    """A misspelt weight would pass every page, so it is an error that names the nearest."""
    site.page("/", GOOD)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    with pytest.raises(ConfigurationError, match=r"No impact is called 'serius'\. Did you mean 'serious'\?"):
        door.accessibility(cast("Impact", "serius"))
