"""The files of a tiny suite and of two systems: one that stands elsewhere, one that is started."""

from __future__ import annotations

HOOKS = """
    from support.hooks import after_all, after_scenario, before_all, before_scenario
"""

STEPS = """
    import os, signal
    from behave import given, then, when
    from support.core import needs

    @when("somebody looks")
    def looks(context):
        assert context.world.http("front").get("/").status == 200

    @when("somebody orders")
    @needs("write")
    def orders(context):
        context.world.http("front").post("/orders", json={"tea": 1})

    @when("somebody orders without a word of warning")
    def orders_unsaid(context):
        context.world.http("front").post("/orders", json={"tea": 1})

    @when("somebody sends the form")
    def sends(context):
        page = context.world.browser().page
        page.goto(context.world.address("front"))
        page.get_by_role("button").click()
        page.get_by_text("Thank you").wait_for()

    @when("somebody looks into the books")
    def books(context):
        context.world.database("books", "books").value("SELECT 1")

    @given("the front is unreachable")
    def unreachable(context):
        context.world.faults().unreachable(context.world.identity, "front", "books")

    @then("the key is {key}")
    def key_is(context, key):
        assert context.world.secret("key") == key

    @when("the front is killed")
    def killed(context):
        os.kill(int(context.world.http("front").get("/pid").text), signal.SIGKILL)

    @when("the keeper of the system is killed")
    def keeper_killed(context):
        front = int(context.world.http("front").get("/pid").text)
        stat = open(f"/proc/{front}/stat").read()
        os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)

    @then("there is tea")
    def tea(context):
        assert False, "expected tea, found none"

    @when("an hour passes")
    @needs("clock")
    def hour(context):
        context.world.clock().advance(3600)

    @when("an hour passes without a word of warning")
    def hour_unsaid(context):
        context.world.clock().advance(3600)

    @when("an hour passes in the shop of {tenant}")
    @needs("clock")
    def hour_elsewhere(context, tenant):
        context.world.clock(tenant).advance(3600)

    @then("it is {shown}")
    def it_is(context, shown):
        found = context.world.clock().now().isoformat()
        assert found == shown, found

    @then("every part is well")
    def well(context):
        context.world.check_health()
"""

FEATURE = """
    Feature: Wares
      Rule: One

        Scenario: looking
          When somebody looks

        Scenario: ordering
          When somebody orders

        @needs:write
        Scenario: ordering under a tag
          When somebody orders without a word of warning
"""

DESCRIPTION = """
    [system]
    name = "wares"
    tenant_column = "shop"
    origins = ["front"]

    [parts.front]
    kind = "service"
    command = ["never-started"]
    health = "/healthz"
    version = "/healthz#/version"

    [parts.books]
    kind = "postgresql"
    databases = ["books"]

    [marker]
    url = "{front.url}/healthz"
    pointer = "/environment"

    [profiles.remote]
"""

STARTED = """
    [system]
    name = "wares"

    [parts.front]
    kind = "service"
    command = ["{python}", "front.py"]
    health = "/healthz"
    environment = { PORT = "{port}" }

    [parts.cache]
    kind = "valkey"

    [profiles.remote]
    marked = "test"
"""

PROGRAM = """
    import os
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(str(os.getpid()).encode())

    print("the kettle is on", flush=True)
    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""
