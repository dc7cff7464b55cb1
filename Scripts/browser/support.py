"""What the browser tests have in common: browsers, members, visitors, and checks that say what they saw."""
import json
import time
import urllib.request
import uuid
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

WIDE = {"width": 1440, "height": 900}
#: Who signs in, by role.
NAMES = {"admin": "Nadia Amrani", "agent": "Dana Lindqvist", "viewer": "Vic Moreau"}
PHONE = {"width": 390, "height": 844}


class Failed(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Failed(what)


class Site:
    """The demo, and the browsers in front of it."""

    def __init__(self, url, chromium):
        self.url = url
        self.chromium = chromium
        self.problems = []

    @contextmanager
    def browser(self, viewport=WIDE, scheme="light", script=True):
        context = self.chromium.new_context(
            viewport=viewport, color_scheme=scheme, locale="en-GB", timezone_id="Europe/Berlin",
            has_touch=viewport is PHONE, is_mobile=viewport is PHONE, java_script_enabled=script,
            reduced_motion="reduce", device_scale_factor=1)
        context.set_default_timeout(20_000)
        page = context.new_page()
        # Nothing of ours may be refused by our own policy, and no script may fail.
        page.on("console", lambda said: self.note(page, said))
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        try:
            yield page
        finally:
            context.close()

    def note(self, page, said):
        # The chat page asks for a conversation before there is one.
        expected = page.url == self.url + "/" and "404" in said.text
        if said.type == "error" and not expected:
            self.problems.append(f"{page.url}: {said.text}")

    def sign_in(self, page, role):
        page.goto(self.url + "/team")
        page.get_by_label("Name").fill(NAMES[role])
        page.get_by_label("Password").fill(f"a password for {role}")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/team/inbox*")

    def say(self, text, visitor=None):
        """A visitor who uses the chat's API. Returns once the AI has answered or handed off."""
        visitor = visitor or f"visitor-{uuid.uuid4()}"
        base = f"{self.url}/v1/sessions/{visitor}/messages"
        body = json.dumps({"id": str(uuid.uuid4()), "text": text}).encode()
        request = urllib.request.Request(base, body, {"content-type": "application/json"})
        urllib.request.urlopen(request, timeout=20).read()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            state = json.load(urllib.request.urlopen(base + "?after=0", timeout=30))
            if not state["working"]:
                return visitor, state
            time.sleep(0.1)
        raise Failed(f"no answer to {text!r}")


def accessible(page, where):
    """Runs axe-core, as axe-playwright-python brings it. It is evaluated by the debugger, so the page's policy does not matter."""
    found = Axe().run(page).response["violations"]
    serious = [
        f"{one['id']}: {one['help']}: " + "; ".join(node["html"][:160] for node in one["nodes"][:3]) for one in found]
    check(not serious, f"{where} is not accessible:\n  " + "\n  ".join(serious))
