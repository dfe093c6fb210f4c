"""What can be set, as a page: the runner's settings, and those of the suite's run scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from behave.configuration import Configuration

from ._options import SETTINGS, scope_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core import Setting

_HEAD: Final = """\
# Every setting of a run

`behave -D NAME=VALUE` sets one for this run, and `behave -D NAME` says yes to it; what always holds stands under
`[behave.userdata]` in behave.ini. In a suite with a run scope, a name that is not listed here is an error that names
the nearest one. This page is generated: `python -m support settings --write`.
"""


def settings_page() -> str:
    """The whole page, in Markdown, for the suite whose behave.ini is here; ConfigurationError if its scope is wrong."""
    name = Configuration([]).userdata.get("run_scope", "")
    scope = scope_named(name)
    tables = [_HEAD, _table("The runner's, for any suite", SETTINGS)]
    if scope is not None:
        tables.append(_table(f"Those of this suite's runs (`{name}`)", scope.SETTINGS))
    return "\n".join(tables)


def _table(title: str, settings: Iterable[Setting]) -> str:
    rows = [f"| `{each.name}` | {_cell(each.help)} | {_values(each)} |\n" for each in settings]
    return f"## {title}\n\n| Setting | What it says | Unless set |\n|---|---|---|\n{''.join(rows)}"


def _values(setting: Setting) -> str:
    """The default; where there are others to choose from, these too."""
    others = [each for each in setting.choices if each != setting.default]
    default = f"`{setting.default}`" if setting.default else ""
    return f"{default} (or {', '.join(f'`{each}`' for each in others)})" if others else default


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
