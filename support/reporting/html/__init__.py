"""Allure results as pages: a report that reads from capability down to evidence and calls nobody when it is opened.

Allure 3 makes the pages; we give it what it must know, take out what calls home, and lay a trace viewer beside them.
Nobody needs Java, nor a Node of their own. Where Allure cannot be had, `ReportUnavailable` says what was tried.
"""

from ._errors import AGAIN, ReportUnavailable
from ._report import make_report

__all__ = ["AGAIN", "ReportUnavailable", "make_report"]
