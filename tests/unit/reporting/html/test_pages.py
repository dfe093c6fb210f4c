from __future__ import annotations

import re

import pytest

from support.reporting.html import ReportUnavailable
from support.reporting.html._pages import edit_page, edit_program

ANALYTICS = """<script async src="https://analytics.example/x.js?id=1"></script>
<script>
window.dataLayer = window.dataLayer || []; gtag('config');
</script>"""
PAGE = f"""<html><head><meta charset="utf-8"><title>x</title></head>
<body><script>window.a = 1</script>{ANALYTICS}</body>"""
PROGRAM = b'const R="https://trace.playwright.dev";try{Os((async()=>(await(0,d.WC)(e)).blob()))||ga()}'


def test_analytics_are_taken_out() -> None:
    """What a page would call when it is opened is gone, and nothing else."""
    edited = edit_page(PAGE, "Shop", {})
    assert "analytics.example" not in edited
    assert "dataLayer" not in edited
    assert "window.a = 1" in edited


def test_every_script_carries_the_word_that_the_policy_asks_for() -> None:
    """Nothing executes but what stood in the page when it was made."""
    edited = edit_page(PAGE, "Shop", {})
    (nonce,) = set(re.findall(r'<script nonce="(\w+)"', edited))
    assert f"script-src 'nonce-{nonce}'" in edited
    assert edited.count("<script") == edited.count("<script nonce=")


def test_names_in_the_bar_are_words() -> None:
    """Markup in the report's name is shown as it is written."""
    assert "<strong>&lt;b&gt;</strong>" in edit_page(PAGE, "<b>", {"Run": "../index.html"})


@pytest.mark.parametrize("page", ["<p>", PAGE.replace("</title>", '</title><link href="//cdn.example/x.css">')])
def test_an_unknown_page_is_refused(page: str) -> None:
    """A page that may call somebody in a way that is not known makes no report."""
    with pytest.raises(ReportUnavailable, match="not as it is known"):
        edit_page(page, "Shop", {})


def test_a_trace_is_opened_by_our_function() -> None:
    """The program knows no public viewer any more."""
    edited = edit_program(PROGRAM)
    assert b"window.openTrace(e)||ga()" in edited
    assert b"playwright.dev" not in edited


def test_a_program_that_opens_traces_otherwise_is_refused() -> None:
    """Where the edit does not fit, traces would go to a public viewer: then there is no report."""
    with pytest.raises(ReportUnavailable, match="public viewer"):
        edit_program(PROGRAM.replace(b".blob()", b".text()"))
