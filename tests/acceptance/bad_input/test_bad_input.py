"""Whatever is wrong with what the user wrote is one clear message and an exit status, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from .conftest import FEATURE, RUN, STORE, SYSTEM, is_told, run, suite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Bad:
    """One thing that is wrong: files of the suite, arguments, and the words that must be told."""

    name: str
    told: Sequence[str]
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    command: Sequence[str] = RUN


CASES = [
    Bad(
        "a description that is no TOML",
        ["system.toml: is not TOML: Expected ']' at the end of a table declaration"],
        {"system.toml": "[system"},
    ),
    Bad(
        "a description with four faults",
        [
            "system.toml: sytem: unknown key. Did you mean 'system'?",
            "system.toml: system: is missing",
            "system.toml: parts.front.helth: unknown key. Did you mean 'health'?",
            "system.toml: parts.front.needs: no part is called 'stor'. Did you mean 'store'?",
            "system.toml: profiles.staging.may: no capability is called 'rite'. Did you mean 'write'?",
        ],
        {
            "system.toml": SYSTEM.replace("[system]", "[sytem]")
            + 'helth = "/"\nneeds = ["stor"]\n'
            + STORE
            + '[profiles.staging]\nmay = ["rite"]\n'
        },
    ),
    Bad("a description that is missing", ["nope.toml does not exist. It"], {}, (*RUN, "-D", "system=nope.toml")),
    Bad("a description that is a folder", ["steps cannot be read: Is a directory"], {}, (*RUN, "-D", "system=steps")),
    Bad(
        "a profile that there is not",
        ["No profile is called 'embeded'", "Did you mean 'embedded'?"],
        {},
        (*RUN, "-D", "profile=embeded"),
    ),
    Bad(
        "a shard that there is not",
        ["-D shard=6/5: there is no such shard. Expected NUMBER/TOTAL, 1/5 to 5/5."],
        {},
        (*RUN, "-D", "shard=6/5"),
    ),
    Bad("a shard of none", ["-D shard=2/0: there is no such shard."], {}, (*RUN, "-D", "shard=2/0")),
    Bad("no job", ["jobs is '0'; expected a number from 1 on"], {}, (*RUN, "-j", "0")),
    Bad("jobs that are no number", ["argument -j/--jobs/--parallel: invalid", "'x'"], {}, (*RUN, "-j", "x")),
    Bad("less than no job", ["argument -j/--jobs/--parallel: invalid", "'-1'"], {}, (*RUN, "-j", "-1")),
    Bad(
        "more jobs than a machine can run",
        ["jobs is 1000000; one machine runs 512 at most."],
        {},
        (*RUN, "-j", "1000000"),
    ),
    Bad("a shard that is none", ["-D shard=a/b: there is no such shard. Expected"], {}, (*RUN, "-D", "shard=a/b")),
    Bad("a shard before the first", ["-D shard=0/5: there is", "1/5 to 5/5"], {}, (*RUN, "-D", "shard=0/5")),
    Bad(
        "durations that are none",
        ['-D durations=took.json: expected {"stable id": seconds}'],
        {"took.json": "[1]"},
        (*RUN, "-D", "durations=took.json"),
    ),
    Bad(
        "durations that are empty",
        ["took.json cannot be read: it is no JSON"],
        {"took.json": ""},
        (*RUN, "-D", "durations=took.json"),
    ),
    Bad(
        "durations that are missing",
        ["-D durations=took.json:", "took.json cannot be read: No such file"],
        {},
        (*RUN, "-D", "shard=1/2", "-D", "durations=took.json"),
    ),
    Bad(
        "a setting that there is not",
        ["-D profle=x: no setting has this name. Did you mean 'profile'?"],
        {},
        (*RUN, "-D", "profle=x"),
    ),
    Bad(
        "two features that are no Gherkin",
        ["features/a.feature:4 is no Gherkin: Parser failure", "features/b.feature:4 is no Gherkin"],
        {"features/a.feature": FEATURE + "    Gven it\n", "features/b.feature": FEATURE + "    Gven it\n"},
    ),
    Bad(
        "a table with a cell too few",
        ["features/a.feature:6 is no Gherkin: Malformed table at line 6."],
        {"features/a.feature": FEATURE + "    | a | b |\n    | 1 | 2 |\n    | 1 |\n"},
    ),
    Bad(
        "a feature that is no text",
        ["features/a.feature cannot be read: 'utf-8' codec can't decode", "A feature is a text file in UTF-8."],
        {"features/a.feature": b"Feature: \xff\n"},
    ),
    Bad(
        "a feature that there is not",
        ["features/nope.feature does not exist. Name a feature file"],
        {},
        (*RUN, "features/nope.feature"),
    ),
    Bad("a step file that is no Python", ["steps/more.py:1 is no Python: ", "def ("], {"steps/more.py": "def (\n"}),
    Bad(
        "a step file that cannot be imported",
        ["steps/more.py:1 cannot be loaded: ModuleNotFoundError: No module named 'nothing_like_it'"],
        {"steps/more.py": "import nothing_like_it\n"},
    ),
    Bad(
        "hooks that cannot be imported",
        ["environment.py:1 cannot be loaded: ImportError: cannot import name 'hoks'"],
        {"environment.py": "from support import hoks\n"},
    ),
    Bad("nothing to run", ["No scenario is selected (no feature file is left)"], {"features/a.feature": ""}),
    Bad(
        "the command line, with a bad description",
        ["system.toml: is not TOML"],
        {"system.toml": "["},
        ("-m", "support", "up"),
    ),
    Bad(
        "the command line, with a wrong profile",
        ["Did you mean 'embedded'?"],
        {},
        ("-m", "support", "up", "--profile", "embeded"),
    ),
    Bad(
        "a browser that is not there",
        ["/nowhere/chrome"],
        {
            "steps/more.py": "from behave import given\n@given('a page')\ndef p(it):\n    it.world.browser().page\n",
            "features/a.feature": FEATURE.replace("all is well", "a page"),
        },
        (*RUN, "-D", "browser_path=/nowhere/chrome"),
    ),
]


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_bad_input_is_told(tmp_path: Path, bad: Bad) -> None:
    """Each mistake is told in words that name the place and the way out, and the exit status is not 0."""
    suite(tmp_path, bad.files)
    is_told(run(tmp_path, bad.command), *bad.told)


def test_a_table_without_the_column_that_a_step_wants_is_broken_in_words(tmp_path: Path) -> None:
    """The scenario names the column that is missing."""
    table = FEATURE.replace("all is well", "the shop sells") + "    | product |\n    | tea |\n"
    suite(tmp_path, {"features/a.feature": table})
    is_told(run(tmp_path, RUN), "The table has no column 'price'; it has: product.")
