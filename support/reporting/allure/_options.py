"""What a user may choose about results: allure-behave's words for it, and a few more."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...record import ScenarioRecord

NOT_SELECTED: Final = "Not selected."
"""The reason of what tags or names leave out."""

EXCLUDED: Final = "Not in allure test plan"
"""The reason of what a test plan leaves out."""

_PREFIX: Final = "AllureFormatter."
_NO: Final = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True)
class Options:
    """How tags become links, and what is left out.

    Patterns hold `{}` for the value; `source_pattern` holds `{file}` and `{line}`. `hide_excluded` leaves out what
    tags, names or a test plan exclude; without `show_skipped`, everything skipped is left out.
    """

    issue_pattern: str = ""
    link_pattern: str = ""
    runbook_pattern: str = ""
    source_pattern: str = ""
    hide_excluded: bool = False
    show_skipped: bool = True

    @classmethod
    def read(cls, given: Mapping[str, object], *, show_skipped: bool = True) -> Self:
        """The options among settings, where each may stand with or without allure-behave's prefix."""
        found = {
            each.name: str(given.get(_PREFIX + each.name) or given.get(each.name) or "")
            for each in fields(cls)
            if each.type == "str"
        }
        hide = str(given.get(f"{_PREFIX}hide_excluded", given.get("hide_excluded", ""))).lower() not in _NO
        return cls(**found, hide_excluded=hide, show_skipped=show_skipped)

    def hides(self, record: ScenarioRecord) -> bool:
        """Whether the user does not want to see it: only what was skipped or not selected can be hidden."""
        if record.verdict not in {"skipped", "not run"}:
            return False
        excluded = record.reason in {EXCLUDED, NOT_SELECTED}
        quiet = record.verdict == "skipped" or excluded
        return (quiet and not self.show_skipped) or (self.hide_excluded and excluded)
