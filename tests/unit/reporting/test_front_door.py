"""The front door: a page that says how a run went and leads to everything else."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

import pytest

from support.record import EvidenceRecord, FixtureRecord, RunStarted, ScenarioStarted
from support.reporting._runs import PastRun, remember
from support.reporting.front import front_door
from tests.unit.reporting.records import HOSTILE, RERUN, STARTED, accident, ended, promise, run

if TYPE_CHECKING:
    from pathlib import Path

    from support.record import Run, ScenarioRecord

EMPTY_ELEMENTS: Final = frozenset({"meta"})


class Page(HTMLParser):
    """A page as a browser reads it: its words, elements, attributes, links and places."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.tags, self.links = list[str](), set[str](), list[str]()
        self.attributes, self.ids, self._words = set[str](), list[str](), list[str]()
        self.feed(html)
        self.close()
        assert self.open == []
        self.words = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [str(value) for name, value in attrs if name == "href"]
        self.ids += [str(value) for name, value in attrs if name == "id"]
        if tag not in EMPTY_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        if self.open and self.open[-1] != "style":
            self._words.append(data)


def page(told: Run, folder: Path, *others: PastRun) -> Page:
    """The front door of a run."""
    return Page(front_door(told, folder, others=others))


def test_a_green_run_says_so(tmp_path: Path) -> None:
    """The verdict in words, the counts, when, how long, seed and profile."""
    words = page(run(ended("a"), ended("b")), tmp_path).words
    assert "Passed All 2 scenarios that ran passed." in words
    assert "took 12 s · profile embedded · seed 4711 · run r1" in words
    assert "What went wrong" not in words


def test_a_failure_says_all_one_needs(tmp_path: Path) -> None:
    """What was expected, found, where, and how to see it again; the evidence is one click away."""
    seen = EvidenceRecord("browser.screenshot", "The page", file="evidence/x y/01.png")
    found = page(run(ended("The last one", "failed", steps=(promise(),), evidence=(seen,))), tmp_path)
    assert "The product breaks its promise in 1 of 1 scenario." in found.words
    for told in (
        "failed · Product: it does not do what was promised",
        "Ordering > Stock",
        "Expected Then it is sold out",
        "expected 1, found 2",
        RERUN,
    ):
        assert told in found.words, told
    assert "features/a.feature:14" in found.words
    assert "evidence/x%20y/01.png" in found.links


def test_red_comes_first_and_yellow_is_not_blamed_on_the_product(tmp_path: Path) -> None:
    """Broken scenarios stand after failed ones, with the line of code that raised."""
    told = run(ended("ours", "error", steps=(accident(),)), ended("theirs", "failed", steps=(promise(),)))
    words = page(told, tmp_path).words
    assert words.index("failed · Product: ") < words.index("broken · Environment: ")
    assert "1 of 2 scenarios could not be judged: the trouble is ours or the environment's" in words
    assert "OSError: boom" in words
    assert "Raised b.py:2 in b" in words


def test_many_failures_have_an_index_and_few_have_none(tmp_path: Path) -> None:
    """From the fourth failure on, a list before them leads to each."""
    bad = [ended(f"bad {n}", "failed", steps=(promise(),)) for n in range(4)]
    assert page(run(*bad), tmp_path).links.count("#f4") == 2  # in the index, and among all scenarios
    assert page(run(*bad[:3]), tmp_path).links.count("#f3") == 1


def test_the_most_telling_evidence_comes_first(tmp_path: Path) -> None:
    """What the customer saw stands before what was sent, and what the last step left before what the first did."""
    kinds = ("system.logs", "http.exchange", "http.exchange", "environment", "browser.trace", "browser.screenshot")
    seen = [EvidenceRecord(kind, f"{kind} {n}", step=n, file=f"e/{n}") for n, kind in enumerate(kinds)]
    found = page(run(ended("a", "failed", steps=(promise(),), evidence=(*seen, EvidenceRecord("mail", "m")))), tmp_path)
    assert [each for each in found.links if each.startswith("e/")] == ["e/5", "e/4", "e/2", "e/1", "e/3", "e/0"]
    assert "Picture of the page" in found.words
    assert "and 3 more" in found.words
    assert "1 more seen, not kept as files: they are in the record" in found.words


def test_a_capability_leads_to_its_scenarios(tmp_path: Path) -> None:
    """The counts stand before the failures, without columns in which nothing stands."""
    found = page(run(ended("a", "failed", steps=(promise(),)), ended("b")), tmp_path)
    assert "Capability Passed Failed Broken Time Features 1 1 0" in found.words
    assert found.words.index("By capability") < found.words.index("What went wrong")
    assert "#c1" in found.links
    assert "Skipped Time" in page(run(ended("a", "skipped")), tmp_path).words


def test_what_did_not_run_is_grouped_by_reason(tmp_path: Path) -> None:
    """Each reason is told once, with what it concerns."""
    told = run(*(ended(f"s{number}", "untested", reason="Smoke failed.") for number in range(3)), ended("x", "skipped"))
    words = page(told, tmp_path).words
    assert "3 not run: Smoke failed. s0 features/a.feature:12" in words
    assert "1 skipped: no reason was given" in words
    assert "No scenario ran, so nothing is known about the product." in words


def test_scenarios_stand_below_capability_feature_and_rule(tmp_path: Path) -> None:
    """The way down is that of the business: the folder below features, or the tag, names the capability."""
    folder, tag = "features/gift_cards/uk/a.feature", "allure.label.epic:back_office"
    words = page(run(ended("a", feature_file=folder), ended("b", tags=(tag,), row={"n": "1"})), tmp_path).words
    listed = words[words.index("All scenarios") :]
    assert "Gift cards 1 passed · 0.0 s Ordering" in listed
    assert "Back office 1 passed" in listed
    assert "Stock b" in listed


@pytest.mark.parametrize("there", ["junit.xml", "report/index.html", "report/dashboard/index.html", "logs/"])
def test_links_lead_to_what_is_there(tmp_path: Path, there: str) -> None:
    """What was not made is not promised."""
    assert there not in page(run(), tmp_path).links
    if there.endswith("/"):
        (tmp_path / there).mkdir()
    else:
        (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / there).touch()
    assert there in page(run(), tmp_path).links


def test_a_killed_run_says_where_it_died(tmp_path: Path) -> None:
    """A run without an end is never green."""
    inside = ScenarioStarted("b", "Ada signs in", 1.0, feature_file="features/b.feature", line=3)
    dead = replace(run(ended("a")), finished=None, interrupted_in=(inside,), damaged=1)
    words = page(dead, tmp_path).words
    assert "Broken The run did not come to its end." in words
    assert "Inside Ada signs in (features/b.feature:3)" in words
    assert "1 line of the record could not be read." in words


def test_hooks_outside_scenarios_are_told(tmp_path: Path) -> None:
    """What no scenario is to blame for is on the page as well."""
    hook = FixtureRecord("after_all", "after", "run", status="error", error="no", error_type="OSError")
    fine = FixtureRecord("before_all", "before", "run")
    words = page(replace(run(ended("a"), exit_status=1), fixtures=(hook, fine)), tmp_path).words
    assert "after_all (after the run) Found OSError: no" in words
    assert "before_all" not in words


def test_what_passed_only_when_repeated_is_told_with_what_went_wrong_before(tmp_path: Path) -> None:
    """Flaky is counted and listed although the run is green: each bad attempt with what was found and seen in it."""
    seen = EvidenceRecord("browser.screenshot", "The page", file="evidence/a-1/01.png")
    first = ended("a", "failed", steps=(promise("expected 1, found 7"),), evidence=(seen,), duration=2.0)
    found = page(run(first, ended("a", attempt=2), ended("b")), tmp_path)
    assert "Flaky 1 of 2 scenarios passed only when repeated. The other 1 that ran passed at once." in found.words
    assert "Passed only when repeated flaky · passed in the end a" in found.words
    assert "Attempts 1 failed, 1 passed (of 2) Attempt 1 failed after 2.0 s Then it is sold out" in found.words
    assert "expected 1, found 7" in found.words
    assert "evidence/a-1/01.png" in found.links
    assert "What went wrong" not in found.words


def test_a_run_that_fails_because_of_what_is_flaky_says_so(tmp_path: Path) -> None:
    """The verdict is no riddle: what was asked for is told."""
    started = replace(STARTED, settings={"fail_on_flaky": "true"})
    told = run(ended("a", "failed"), ended("a", attempt=2), exit_status=1, started=started)
    assert "That fails this run, as it was asked to: -D fail_on_flaky." in page(told, tmp_path).words


def test_history_is_told_with_a_trend(tmp_path: Path) -> None:
    """The runs before, with links to those that still have a page; and how often a failure was seen in them."""
    folder = tmp_path / "r1"
    (tmp_path / "p1").mkdir()
    (tmp_path / "p1" / "index.html").touch()
    past = [PastRun(f"p{n}", n - 9, 1.0, "failed", {"failed": 1}, bad=("x",) * (n == 1)) for n in (0, 1)]
    found = page(run(ended("x", "failed")), folder, *past)
    assert "Went wrong in 1 of the 2 runs before, too." in found.words
    assert [each for each in found.links if each.startswith("..")] == ["../p1/index.html"]
    assert "svg" in found.tags
    assert "The last runs" not in page(run(ended("x")), folder).words


def test_later_runs_are_not_before(tmp_path: Path) -> None:
    """The page of an old run that is made again tells what was before it, be it remembered or handed in."""
    for at in range(-1, 40):
        other = replace(STARTED, run_id=f"later{at}" if at > 0 else f"before{-at}", started_at=float(at))
        remember(run(ended("x", "failed"), started=other), tmp_path)
    html = front_door(run(ended("x", "failed")), tmp_path / "r1")
    assert "later" not in html
    assert "before1" in html
    assert "later" not in front_door(run(), tmp_path, others=[PastRun("later", 5.0, 1.0, "passed")])
    assert "later" in front_door(run(started=replace(STARTED, run_id="r2", started_at=6.5)), tmp_path / "r2")


def hostile() -> ScenarioRecord:
    """A scenario in which every text is hostile."""
    step = replace(promise(HOSTILE), keyword=HOSTILE, text=HOSTILE, error_type=HOSTILE, trace=HOSTILE)
    seen = EvidenceRecord(HOSTILE, HOSTILE, file="javascript:alert(1)" + HOSTILE)
    texts = dict.fromkeys(("feature", "rule", "feature_file", "reason", "rerun", "description"), HOSTILE)
    tags = (f"owner:{HOSTILE}", f"allure.label.epic:{HOSTILE}")
    return ended(HOSTILE, "failed", steps=(step,), evidence=(seen,), tags=tags, **texts)


def test_hostile_content_does_nothing(tmp_path: Path) -> None:
    """No element, attribute or link comes out of a name; control characters are spelt out; nothing may be loaded."""
    started = RunStarted(
        HOSTILE, 1, 1e300, profile=HOSTILE, system=HOSTILE, versions={HOSTILE: HOSTILE}, argv=[HOSTILE]
    )
    harmless = run(ended("x", "failed", steps=(promise(),)), ended("y", "skipped"), ended("z", "error"))
    evil = run(hostile(), ended("y", "skipped", reason=HOSTILE), ended("z", "error"), reason=HOSTILE, started=started)
    html = front_door(evil, tmp_path, others=())
    found = Page(html)
    assert found.tags <= Page(front_door(harmless, tmp_path, others=())).tags | {"nav"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert not [each for each in found.links if ":" in each]
    assert html.encode()
    assert not {letter for letter in html if letter < " "} - {"\n"}
    assert "default-src 'none'; style-src 'unsafe-inline'" in html


def test_long_names_are_cut(tmp_path: Path) -> None:
    """Ten thousand letters do not make a page that nobody can read."""
    long = ended("W" * 10_000, "failed", reason="r" * 100_000, feature="F" * 10_000, rule="R" * 10_000)
    html = front_door(run(long), tmp_path, others=())
    assert "W" * 290 in html
    assert not [letter for letter in "WrFR" if letter * 310 in html]


@pytest.mark.parametrize(("count", "status"), [(0, ""), (1, "passed"), (5000, "passed"), (5000, "failed")])
def test_any_number_of_scenarios_makes_a_page(tmp_path: Path, count: int, status: str) -> None:
    """From none to five thousand red ones: small enough to open, every name once on it, every place unique."""
    name = "A customer who has been away for a long time is asked to sign in again number"
    told = [ended(f"{name} {n}", status, steps=(promise(),) * (status == "failed"), duration=1.0) for n in range(count)]
    html = front_door(run(*told), tmp_path, others=())
    found = Page(html)
    assert len(html.encode()) < 3_000_000
    assert all(f"{name} {n}" in found.words for n in range(0, count, 500))
    assert len(set(found.ids)) == len(found.ids)
    assert all(each[1:] in found.ids for each in found.links if each.startswith("#"))
