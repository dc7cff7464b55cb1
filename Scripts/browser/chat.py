"""The chat as one script: on the team's own page, and on a page of somebody else with the strictest policy there is."""
import json
import uuid

from support import PHONE, Failed, accessible, check

#: What strangers write. None of it may become more than text and the few elements that Markdown has.
PAYLOADS = [
    "<img src=x onerror=\"window.owned=1\">", "<script>window.owned=1</script>", "</textarea><svg onload=window.owned=1>",
    "[a](javascript:window.owned=1)", "[a](JaVaScRiPt:window.owned=1)", "[a](java\tscript:window.owned=1)",
    "[a](\u0001javascript:window.owned=1)", "[a](data:text/html,<script>window.owned=1</script>)", "[a](vbscript:x)",
    "<javascript:window.owned=1>", "![a](javascript:window.owned=1)", "![a](x\" onerror=\"window.owned=1)",
    "[a](https://ok.example/\" onclick=\"window.owned=1)", "`<img src=x onerror=window.owned=1>`",
    "```\n<img src=x onerror=window.owned=1>\n```", "| <img src=x onerror=window.owned=1> |\n| --- |\n| <b>x</b> |",
    "> <iframe srcdoc='<script>parent.owned=1</script>'>", "<a href=javascript:window.owned=1>a</a>", "<style>*{display:none}</style>",
    "<base href=https://evil.example/>", "# <img src=x onerror=window.owned=1>", "&lt;img src=x onerror=window.owned=1&gt;",
    "[a]: javascript:window.owned=1\n\n[a]", "<form action=https://evil.example><button>x", "**<object data=x>**",
    "*" * 5000, "[" * 5000, "> " * 5000, "`" * 4999, "- " * 3000, "{{constructor.constructor('window.owned=1')()}}",
]
ALLOWED = {
    "A", "BLOCKQUOTE", "BR", "CODE", "DIV", "EM", "H3", "H4", "H5", "H6", "HR", "LI", "OL", "P", "PRE", "SPAN", "STRONG", "TABLE", "TBODY",
    "TD", "TH", "THEAD", "TIME", "TR", "UL",
}
INSIDE = """() => {
  const log = document.querySelector('opencx-chat').shadowRoot.querySelector('.log');
  return [...log.querySelectorAll('*')].map(node => ({
    name: node.tagName, attributes: node.getAttributeNames(), href: node.tagName === 'A' ? node.protocol : null }));
}"""


def strangers_words_stay_words(site):
    with site.browser() as page:
        thread = f"payloads-{uuid.uuid4()}"
        messages = [
            {"sequence": place + 1, "id": f"m{place}", "author": author, "name": text[:60], "text": text, "at": "2026-01-01T00:00:00.000Z",
             "citations": [{"title": text, "url": text}], "files": [{"name": text, "url": text}]}
            for place, (author, text) in enumerate((a, t) for t in PAYLOADS for a in ("ai", "person", "customer"))]
        state = {"session": "s", "ticket": 1, "status": "open", "owner": "ai", "working": False, "last": len(messages)}

        def answer(route):
            if "/stream" in route.request.url:
                event = {"message": "growing", "text": PAYLOADS[0] + PAYLOADS[3], "begins": True}
                body = f"event: state\ndata: {json.dumps(state | {'messages': []})}\n\nevent: reply\ndata: {json.dumps(event)}\n\n"
                return route.fulfill(status=200, content_type="text/event-stream", body=body)
            route.fulfill(status=200, json=state | {"messages": messages})

        page.route("**/v1/sessions/**", answer)
        page.add_init_script(
            f"localStorage.setItem('opencx.thread', '{thread}'); localStorage.setItem('opencx.begun', '{thread}')")
        page.goto(site.url + "/")
        page.get_by_role("log").locator(".message").nth(len(messages)).wait_for()
        nodes = page.evaluate(INSIDE)
        check(len(nodes) > len(messages), "the messages are shown")
        strange = sorted({node["name"] for node in nodes} - ALLOWED)
        check(not strange, f"elements that Markdown has not: {strange}")
        handlers = [name for node in nodes for name in node["attributes"] if name.startswith("on") or name in ("style", "src", "srcdoc")]
        check(not handlers, f"attributes that run or load something: {handlers}")
        schemes = {node["href"] for node in nodes if node["href"]} - {"http:", "https:"}
        check(not schemes, f"links that lead elsewhere: {schemes}")
        check(page.evaluate("window.owned") is None, "nothing of a message runs")


def embedded(site, page):
    """Somebody's page that allows the script and its requests, and nothing else."""
    policy = f"default-src 'none'; script-src {site.url}; connect-src {site.url}; base-uri 'none'; form-action 'none'"
    body = f"""<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>A shop</title><script src="{site.url}/widget.js" data-color="#0a7d4f" data-title="Shop help" defer></script></head>
        <body><main><h1>A shop</h1><p><a href="#x">A link of the page</a></p></main></body></html>"""
    page.route(site.url + "/embedded", lambda route: route.fulfill(
        status=200, content_type="text/html", headers={"content-security-policy": policy}, body=body))
    page.goto(site.url + "/embedded")


def is_a_guest_on_any_page(site):
    for options in [{}, {"scheme": "dark"}, {"viewport": PHONE, "scheme": "dark"}]:
        with site.browser(**options) as page:
            embedded(site, page)
            launcher = page.get_by_role("button", name="Open chat")
            launcher.wait_for()
            accessible(page, "a page with the chat closed")
            launcher.focus()
            page.keyboard.press("Enter")
            dialog = page.get_by_role("dialog", name="Shop help")
            dialog.wait_for()
            box = dialog.get_by_label("Your message")
            box.fill("How do I return an item?")
            box.press("Enter")
            dialog.locator(".message.ai .source").first.wait_for()
            accessible(page, "a page with the chat open")
            page.keyboard.press("Escape")
            dialog.wait_for(state="hidden")
            page.get_by_role("button", name="Open chat").wait_for()
            # Whoever comes again finds the conversation.
            embedded(site, page)
            page.get_by_role("button", name="Open chat").click()
            page.get_by_role("dialog", name="Shop help").locator(".message.ai .source").first.wait_for()


def is_done_and_rates(site):
    with site.browser() as page:
        page.goto(site.url + "/")
        box = page.get_by_label("Your message")
        box.fill("How do I return an item?")
        box.press("Enter")
        page.get_by_role("button", name="Yes, that is all").click()
        page.get_by_text("This conversation is closed.").wait_for()
        accessible(page, "the chat with a rating")
        # The focus is on the scores, so the keyboard is enough.
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        check(page.get_by_role("radio", name="3: okay").is_checked(), "a score is chosen by keyboard")
        page.get_by_role("radio", name="5: excellent").check(force=True)
        page.get_by_label("Anything you want to tell us?").fill("Quick and friendly")
        page.get_by_role("button", name="Send rating").click()
        page.get_by_text("Thank you for your rating!").wait_for()


def a_reply_is_seen_while_it_grows(site):
    with site.browser() as page:
        thread = f"growing-{uuid.uuid4()}"
        state = {"session": "s", "ticket": 1, "status": "open", "owner": "ai", "working": True, "last": 0, "messages": []}

        def answer(route):
            if "/stream" not in route.request.url:
                return route.fulfill(status=200, json=state)
            pieces = [("state", state), ("reply", {"message": "m", "text": "Send it **ba", "begins": True}),
                      ("reply", {"message": "m", "text": "ck**.", "begins": False})]
            body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in pieces)
            route.fulfill(status=200, content_type="text/event-stream", body=body + "retry: 60000\n\n")

        page.route("**/v1/sessions/**", answer)
        page.add_init_script(
            f"localStorage.setItem('opencx.thread', '{thread}'); localStorage.setItem('opencx.begun', '{thread}')")
        page.goto(site.url + "/")
        growing = page.locator(".growing strong")
        growing.wait_for()
        if growing.inner_text() != "back":
            raise Failed("the pieces of a reply are put together")
        check(page.locator(".growing").get_attribute("aria-hidden") == "true", "what grows is not read aloud piece by piece")


TESTS = [strangers_words_stay_words, is_a_guest_on_any_page, is_done_and_rates, a_reply_is_seen_while_it_grows]
