"""The files of a tiny suite that puts a secret into every channel, and of the system that answers it with secrets."""

from __future__ import annotations

HOOKS = """
    from support.hooks import after_all, after_scenario, before_all, before_scenario
"""

WITHOUT_REDACTION = """
    from support.core import Evidence, Redactor

    Redactor.text = lambda self, text: text
    Redactor.value = lambda self, name, value: value
"""

DESCRIPTION = """
    [system]
    name = "vault"
    tenant_column = "shop"
    origins = ["front"]

    [redaction]
    fields = ["email"]

    [parts.front]
    kind = "service"
    command = ["{python}", "front.py"]
    needs = ["mailbox"]
    environment = { PORT = "{port}", SMTP = "{mailbox.smtp}" }

    [parts.books]
    kind = "postgresql"
    databases = ["books"]

    [parts.broker]
    kind = "nats"

    [parts.cache]
    kind = "valkey"

    [parts.mailbox]
    kind = "mailbox"

    [profiles.local]
    marked = "test"
    may = ["write", "read"]

    [secrets]
"""

FRONT = r'''
    """Tells every secret that it was given, in every way that it knows."""

    import json, os, smtplib, sys, threading
    from email.message import EmailMessage
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from urllib.parse import urlsplit

    CANARIES = json.loads(os.environ["CANARIES"])
    KNOWN, NAMED = CANARIES["known"], CANARIES["named"]
    PAGE = """<!doctype html><title>Vault</title><h1>Vault</h1>
    <form><label>Password <input type=password id=password></label><label>Card number <input id=card></label>
    <label>Note <input id=note></label></form>
    <p data-private>%s</p><input type=hidden name=csrf_token value="%s">
    <script>
    const canaries = {known: %s, named: %s};
    localStorage.setItem("token", canaries.named.local_storage_token);
    localStorage.setItem("other", canaries.known.local_storage);
    console.error("token=" + canaries.named.console_token + " and " + canaries.known.console);
    const query = "&x=" + encodeURIComponent(canaries.known.page_query);
    fetch("/api?access_token=" + canaries.named.page_query_token + query, {
      method: "POST", headers: {"X-Api-Key": canaries.named.page_header_token},
      body: JSON.stringify({password: canaries.named.page_body_token, x: canaries.known.page_body})});
    setTimeout(() => {
      throw new Error("password='" + canaries.named.page_error_token + "' " + canaries.known.page_error);
    });
    </script>"""

    HOSTILE = {
        "script": b"<script>document.title = 'owned'</script><img src=x onerror=alert(1)>",
        "controls": bytes(range(1, 32)) + b"\x1b[2J\x1b]0;owned\x07\x7f",
        "binary": bytes(range(256)),
        "invalid-text": b"\xff\xfe\xc3\x28\xed\xa0\x80 {\"token\": \"",
        "quotes": b'{"token":["',
        "nothing": b"\x00",
        "letters": b"A",
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            path = urlsplit(self.path).path
            if path == "/page":
                named = {f"{channel}_token": value for channel, value in NAMED.items()}
                shown = PAGE % (NAMED["private_text"], NAMED["csrf"], json.dumps(KNOWN), json.dumps(named))
                return self.answer(200, shown, "text/html; charset=utf-8")
            if path.startswith("/hostile/"):
                what, number = path.split("/")[2:]
                body = HOSTILE[what] * (int(number) // len(HOSTILE[what]) + 1)
                return self.answer(200, body, "text/html; charset=utf-8")
            if path == "/log":
                print("the key is", KNOWN["service_log"])
                print(json.dumps({"event": "x", "password": NAMED["service_log"], "again": KNOWN["service_log"],
                                  "trace": self.headers.get("traceparent", "")}))
                print("password=%s" % NAMED["service_log"], repr(KNOWN["service_log"]), file=sys.stderr, flush=True)
                sys.stdout.flush()
            if path == "/mail":
                self.send_mail()
            told = {"token": NAMED["response_body"], "x": KNOWN["response_body"], "headers": dict(self.headers),
                    "sent": body.decode("utf-8", "replace")}
            self.answer(200, json.dumps(told), "application/json")

        do_POST = do_GET

        def send_mail(self):
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "vault@x.example", "ada@x.example", KNOWN["mail_subject"]
            text = "Hello!\n\nPassword: %s\n\nand %s, Zoë" % (NAMED["mail"], KNOWN["mail_text"])
            mail.set_content(text, cte="base64")
            mail.add_alternative("<p>%s</p><p>https://x.example/?token=%s" % (KNOWN["mail_html"], NAMED["mail_link"]),
                                 subtype="html", cte="quoted-printable")
            smtp = urlsplit(os.environ["SMTP"])
            with smtplib.SMTP(smtp.hostname, smtp.port) as door:
                door.send_message(mail)

        def answer(self, status, text, kind):
            body = text if isinstance(text, bytes) else text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Set-Cookie", "sid=%s; Path=/" % NAMED["set_cookie"])
            self.send_header("X-Anything", KNOWN["response_header"].encode("ascii", "ignore").decode())
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
'''

STEPS = r"""
    import asyncio, base64, json, logging, os, sys, threading
    from urllib.parse import quote
    from behave import given, then, when
    from support.core import Exhibit

    CANARIES = json.loads(os.environ["CANARIES"])
    KNOWN, NAMED = CANARIES["known"], CANARIES["named"]

    @when("secrets travel by HTTP")
    def by_http(context):
        door = context.world.http("front")
        door.post(f"/x?token={NAMED['query']}&x={quote(KNOWN['query'])}",
                  json={"password": NAMED["request_body"], "x": KNOWN["request_body"], "email": NAMED["personal"]},
                  headers={"Authorization": f"Bearer {NAMED['request_header']}",
                           "Cookie": f"sid={NAMED['request_cookie']}",
                           "X-Packed": base64.b64encode(f"u:{KNOWN['request_header']}".encode()).decode()})
        door.get("/log")

    @when("secrets stand in the books")
    def in_books(context):
        door = context.world.database("books", "books")
        door.rows("SELECT :password AS password, :free AS free, encode(convert_to(:more, 'UTF8'), 'base64') AS packed",
                  password=NAMED["sql"], free=KNOWN["sql"], more="user:" + KNOWN["sql"])
        door.rows("SELECT 1 FROM (SELECT '' AS token) AS x WHERE token::text = '%s' OR token <> '%s'"
                  % (NAMED["sql_literal"], KNOWN["sql_literal"].replace("'", "''")))

    @when("a statement with secrets is wrong")
    def wrong(context):
        context.world.database("books", "books").rows("SELECT :password AS x FROM nowhere WHERE y = :free",
                                                      password=NAMED["sql_error"], free=KNOWN["sql_error"])

    @when("secrets are published")
    def published(context):
        from nats import connect

        async def prepare():
            client = await connect(context.world.address("broker"))
            await client.jetstream().add_stream(name="VAULT", subjects=["vault.>"])
            await client.close()

        worker = threading.Thread(target=lambda: asyncio.run(prepare()))
        worker.start()
        worker.join()
        door = context.world.messages("broker")
        payload = {"password": NAMED["message"], "x": KNOWN["message"]}
        door.publish("vault.x", payload, {"X-Token": NAMED["message_header"]})
        door.published("vault.>")

    @when("secrets are mailed")
    def mailed(context):
        context.world.http("front").get("/mail")
        context.world.mailbox("mailbox").wait_for("ada@x.example")

    @when("secrets are cached")
    def cached(context):
        from valkey import Valkey
        with Valkey.from_url(context.world.address("cache")) as client:
            client.set("session:1", json.dumps({"token": NAMED["cache"], "x": KNOWN["cache"]}))
        context.world.cache("cache").get("session:1")

    @when("secrets are typed in the browser")
    def typed(context):
        page = context.world.browser().page
        address = f"/page?token={NAMED['url']}&x={quote(KNOWN['url'])}#password={NAMED['fragment']}"
        page.goto(context.world.address("front") + address)
        page.get_by_label("Password").fill(NAMED["typed"])
        page.get_by_label("Card number").fill(NAMED["card"])
        page.get_by_label("Note").fill(KNOWN["typed"])
        page.evaluate("document.cookie = 'token=%s'" % NAMED["document_cookie"])

    @when('"{words}" is typed as the {field}')
    def typed_words(context, words, field):
        page = context.world.browser().page
        page.goto(context.world.address("front") + "/page")
        page.get_by_label(field).fill(words)
        page.get_by_label(field).blur()
        page.evaluate("document.fonts.ready")

    @when("a step tells secrets")
    def tells(context):
        print(f"password={NAMED['stdout']} {KNOWN['stdout']}")
        print(f"password={NAMED['stderr']} {KNOWN['stderr']}", file=sys.stderr)
        logging.getLogger("x").error("password=%s %s", NAMED["logging"], KNOWN["logging"])
        world = context.world
        with world.evidence.action(f"use {KNOWN['action']}", {"password": NAMED["action"], "x": KNOWN["action"]}):
            attributes = {"db.password": NAMED["span"], "x": KNOWN["span"]}
            world.evidence.keep(Exhibit("span", "POST", data={"attributes": attributes}))

    @when("a step attaches secrets")
    def attaches(context):
        import allure
        told = json.dumps({"password": NAMED["attachment"], "x": KNOWN["attachment"]})
        allure.attach(told, name=f"about {KNOWN['attachment_name']}", attachment_type=allure.attachment_type.JSON)
        allure.attach(told.encode(), name="as bytes")
        context.world.evidence.keep(Exhibit("attachment", "bytes", told.encode(), "application/octet-stream"))
        with allure.step(f"step {KNOWN['allure_step']}"):
            allure.dynamic.parameter("password", NAMED["allure_parameter"])

    @when("a step learns a secret")
    def learns(context):
        context.world.evidence.hide(NAMED["learnt"])
        context.world.http("front").post("/x", json={"x": NAMED["learnt"]})

    @then("it fails with secrets")
    def fails(context):
        raise AssertionError(f"expected password='{NAMED['assertion']}', found {KNOWN['assertion']!r}")

    @then("it breaks with secrets")
    def breaks(context):
        try:
            raise KeyError(KNOWN["cause"])
        except KeyError as error:
            raise RuntimeError(f"token={NAMED['error']} {KNOWN['error']}") from error

    @when("the system answers with {number} bytes of {what}")
    def hostile(context, number, what):
        context.world.http("front").get(f"/hostile/{what}/{number}")

    @when("the page shows {what}")
    def hostile_page(context, what):
        context.world.browser().page.goto(context.world.address("front") + f"/hostile/{what}/1000")

    @when("a step does hostile things")
    def hostile_step(context):
        nasty = "<script>alert(1)</script>\x00\x1b[31m\ud800\u202e" + "\r\n" * 3
        print(nasty.encode("utf-8", "replace").decode())
        for body in (nasty, nasty.encode("utf-8", "replace"), os.urandom(1000), "\\" * 100_000, "token" * 100_000):
            context.world.evidence.keep(Exhibit(nasty, nasty, body, data={nasty: [nasty, {nasty: 1}]}))
        with context.world.evidence.action(nasty, {nasty: nasty}):
            pass
        raise AssertionError(nasty)

    @then("it fails")
    def just_fails(context):
        raise AssertionError("as expected")
"""

FEATURE = """
    Feature: Secrets
      Rule: None is told

        Scenario: by HTTP
          When secrets travel by HTTP
          Then it fails with secrets

        Scenario: in the books
          When secrets stand in the books
          And a statement with secrets is wrong

        Scenario: in messages
          When secrets are published
          Then it breaks with secrets

        Scenario: in mails
          When secrets are mailed
          And secrets are cached
          Then it fails with secrets

        Scenario: in the browser
          When secrets are typed in the browser
          Then it fails with secrets

        Scenario: in words
          When a step tells secrets
          And a step attaches secrets
          And a step learns a secret
          Then it fails with secrets

        Scenario: nothing wrong
          When secrets travel by HTTP
          And a step tells secrets
"""
