"""What the identity does on a browser's requests, and what it must leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.core import eventually

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.core import ScenarioIdentity
    from support.doors import BrowserDoor

    from .conftest import Site

    Open = Callable[..., BrowserDoor]


def test_every_own_request_carries_a_traceparent_of_its_own(
    open_browser: Open, site: Site, identity: ScenarioIdentity
) -> None:
    """Page, script and fetch share the scenario's trace, each with its own parent span, and the baggage."""
    site.page("/", "<h1>Tea</h1><script src='/script'></script>")
    site.page(
        "/script", "fetch('/data').then(() => document.title = 'done')", headers={"Content-Type": "text/javascript"}
    )
    site.page("/data", "{}")
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    door.page.wait_for_function("document.title === 'done'")
    sent = [seen.headers for path in ("/", "/script", "/data") for seen in site.asked(path)]
    assert [headers["baggage"] for headers in sent] == [identity.baggage()] * 3
    assert {headers["traceparent"].split("-")[1] for headers in sent} == {identity.trace_id}
    assert len({headers["traceparent"] for headers in sent}) == 3


def test_third_parties_see_nothing_of_the_identity(open_browser: Open, site: Site, third_party: Site) -> None:
    """A script, a fetch, a redirect and a page of another origin arrive there as any browser sends them."""
    cors = {"Access-Control-Allow-Origin": "*"}
    third_party.page("/pixel", "", headers=cors)
    third_party.page("/redirected", "", headers=cors)
    third_party.page("/visited", "<h1>Elsewhere</h1>")
    for path in ("redirected", "visited"):
        site.page(f"/to-{path}", status=302, headers={"Location": f"{third_party.origin}/{path}"})
    site.page(
        "/",
        f"<script>Promise.all([fetch('{third_party.origin}/pixel'), fetch('/to-redirected')])"
        ".then(() => document.title = 'allowed', () => document.title = 'refused')</script>",
    )
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    door.page.wait_for_function("document.title !== ''")
    door.page.goto(f"{site.origin}/to-visited")
    assert [seen.path for seen in third_party.requests if not seen.path.startswith("/fav")] == [
        "/pixel", "/redirected", "/visited",
    ]  # fmt: skip
    assert not any({"traceparent", "baggage"} & set(map(str.lower, seen.headers)) for seen in third_party.requests)
    assert "baggage" in site.asked("/to-visited")[0].headers


def test_a_preflight_that_the_system_refuses_stays_refused(open_browser: Open, site: Site, third_party: Site) -> None:
    """The server itself is asked by the browser's CORS preflight, and its refusal is what the page gets."""
    third_party.page("/api", "{}", headers={"Access-Control-Allow-Origin": "*"})
    third_party.page("OPTIONS /api", status=403)
    site.page(
        "/",
        f"<script>fetch('{third_party.origin}/api', {{headers: {{'X-Shop': '1'}}}})"
        ".then(() => document.title = 'allowed', () => document.title = 'refused')</script>",
    )
    door = open_browser(site.origin, third_party.origin)
    door.page.goto(f"{site.origin}/")
    door.page.wait_for_function("document.title !== ''")
    assert door.page.title() == "refused"
    assert [seen.method for seen in third_party.requests] == ["OPTIONS"]


def test_a_request_leaves_while_a_step_waits_for_its_effect(open_browser: Open, site: Site) -> None:
    """A request that a click has caused reaches the system although nobody calls the browser meanwhile."""
    site.page("/", "<button onclick=\"setTimeout(() => fetch('/order', {method: 'POST'}), 50)\">Order</button>")
    site.page("/order", "")
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    door.page.get_by_role("button").click()

    def check() -> None:
        assert site.asked("/order"), "no order"

    eventually(check, limit=2)
    assert "traceparent" in site.asked("/order")[0].headers


def test_cookies_and_form_posts_are_what_they_were(open_browser: Open, site: Site) -> None:
    """The session cookie and the body of a form still reach the system beside the identity."""
    site.page("/", "<form action=/in method=post><input name=who value=Ada><button>Go</button></form>",
              headers={"Set-Cookie": "session=abc; HttpOnly; SameSite=Strict"})  # fmt: skip
    site.page("/in", "<h1>Hello</h1>")
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    door.page.get_by_role("button").click()
    door.page.get_by_role("heading", name="Hello").wait_for()
    posted = site.asked("/in")[0]
    assert (posted.method, posted.body, posted.headers["Cookie"]) == ("POST", b"who=Ada", "session=abc")
    assert "baggage" in posted.headers


def test_a_new_window_and_a_request_apart_carry_it_too(open_browser: Open, site: Site, third_party: Site) -> None:
    """The first request of a popup and `request` to an own origin carry the identity; `request` elsewhere does not."""
    site.page("/", "<button onclick=\"window.open('/popup')\">Open</button>")
    site.page("/popup", "<h1>Popup</h1>")
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    with door.page.expect_popup() as popup:
        door.page.get_by_role("button").click()
    popup.value.get_by_role("heading").wait_for()
    door.request("GET", f"{site.origin}/apart")
    door.request("GET", f"{third_party.origin}/apart")
    assert "baggage" in site.asked("/popup")[0].headers
    assert "baggage" in site.asked("/apart")[0].headers
    assert "baggage" not in third_party.asked("/apart")[0].headers


def test_the_next_scenario_has_its_own_identity_and_no_cookies(open_browser: Open, site: Site) -> None:
    """What one scenario's window sent and kept is not seen in the next one's."""
    site.page("/", "<h1>Tea</h1>", headers={"Set-Cookie": "session=abc"})
    first = open_browser(site.origin)
    first.page.goto(f"{site.origin}/")
    first.close()
    second = open_browser()
    second.page.goto(f"{site.origin}/")
    assert "baggage" in site.asked("/")[0].headers
    assert not {"baggage", "Cookie"} & set(site.asked("/")[1].headers)
