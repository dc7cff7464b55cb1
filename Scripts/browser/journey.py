"""A visitor asks the AI, then a person; an agent in a second browser answers. And what must not happen meanwhile."""
import re

from playwright.sync_api import expect

from support import PHONE, accessible, check


def asks_and_is_helped(site):
    with site.browser(PHONE) as visitor, site.browser() as agent:
        site.sign_in(agent, "agent")
        visitor.goto(site.url + "/")
        accessible(visitor, "the chat page")
        box = visitor.get_by_label("Your message")
        box.fill("How do I return a tent?")
        box.press("Enter")
        answer = visitor.locator(".message.ai:not(.greeting)").last
        answer.wait_for()
        visitor.locator(".message.ai .source, .message.ai .sources a").first.wait_for()

        box.fill("I'd like to talk to a person, my zip is broken")
        box.press("Enter")
        # The agent's list is open, and learns of it by itself.
        row = agent.locator(".rows a.row").filter(has_text="waits").first
        row.wait_for()
        accessible(agent, "the inbox")
        row.click()
        agent.get_by_text("Handed off", exact=True).first.wait_for()
        accessible(agent, "a conversation")

        agent.get_by_role("button", name="Take over").click()
        agent.get_by_text("Yours", exact=True).wait_for()
        text = agent.get_by_label("Your reply to the customer")
        text.fill("Hello, this is Dana. **Send it to us**, the label is on its way.")
        agent.get_by_role("button", name="Send", exact=True).click()
        visitor.get_by_text("this is Dana").wait_for()
        check(visitor.locator(".message.person strong").inner_text() == "Send it to us", "Markdown of a person's reply is shown")
        agent.locator(".entry.person").get_by_text("this is Dana").wait_for()
        check(text.input_value() == "", "the text field is empty once the reply is sent")

        # What the visitor writes now reaches the open page, and is text.
        box.fill("Thanks! <img src=x onerror=document.title='owned'> <b>order 4711</b>")
        box.press("Enter")
        agent.locator(".entry.customer").get_by_text("order 4711").wait_for()
        check("owned" not in agent.title(), "nothing of a message runs")
        check(agent.locator("#log img").count() == 0, "no element comes out of a message")

        text.fill("The customer is nice.")
        agent.get_by_role("button", name="Add as note").click()
        agent.locator(".entry.note").get_by_text("The customer is nice.").wait_for()
        check(visitor.get_by_text("The customer is nice.").count() == 0, "a note is for the team")

        agent.get_by_role("button", name="Resolve").first.click()
        agent.get_by_text("Resolved", exact=True).wait_for()
        agent.get_by_role("button", name="Reopen").wait_for()
        visitor.locator("#banner.closed, .banner.closed").wait_for()


def two_agents_see_each_other(site):
    visitor, state = site.say("I want to talk to a person please")
    with site.browser() as first, site.browser() as second:
        site.sign_in(first, "agent")
        site.sign_in(second, "admin")
        for page in (first, second):
            page.goto(f"{site.url}/team/inbox/{state['ticket']}")
        first.get_by_role("button", name="Take over").click()
        second.get_by_text("With Dana Lindqvist", exact=True).wait_for()
        second.get_by_text("Dana Lindqvist took over.").wait_for()
        check(second.get_by_role("button", name="Take over").is_visible(), "a colleague can still take over")


def works_without_a_script(site):
    _, state = site.say("I want to talk to a person about my order")
    with site.browser(script=False) as page:
        site.sign_in(page, "agent")
        page.goto(f"{site.url}/team/inbox/{state['ticket']}")
        page.get_by_role("button", name="Take over").click()
        page.get_by_text("Yours", exact=True).wait_for()
        page.get_by_label("Your reply to the customer").fill("Hello from a plain form")
        page.get_by_role("button", name="Send", exact=True).click()
        page.locator(".entry.person").get_by_text("Hello from a plain form").wait_for()


def keyboard_alone(site):
    _, state = site.say("I want to talk to a person about a refund")
    with site.browser() as page:
        site.sign_in(page, "agent")
        page.keyboard.press("Tab")
        check(page.evaluate("document.activeElement.textContent") == "Skip to the content", "the first stop skips to the content")
        page.keyboard.press("Enter")
        check(page.evaluate("document.activeElement.id") == "content", "it leads to the content")
        page.goto(f"{site.url}/team/inbox/{state['ticket']}")
        page.get_by_label("Your reply to the customer").focus()
        page.keyboard.type("Typed and sent with the keyboard")
        page.keyboard.press("Control+Enter")
        page.locator(".entry.person").get_by_text("Typed and sent with the keyboard").wait_for()
        focused = page.evaluate("document.activeElement.id")
        check(focused == "text", "the focus stays where one writes")


def drafts(site):
    visitor, state = site.say("I want to talk to a person please")
    with site.browser() as page:
        site.sign_in(page, "agent")
        page.goto(f"{site.url}/team/inbox/{state['ticket']}")
        page.get_by_role("button", name="Take over").click()
        page.get_by_text("Yours", exact=True).wait_for()
        text = page.get_by_label("Your reply to the customer")
        text.fill("Hello, what is it about?")
        text.press("Control+Enter")
        page.locator(".entry.person").get_by_text("what is it about").wait_for()
        site.say("How much is delivery to France?", visitor)
        page.locator(".entry.customer").get_by_text("delivery to France").wait_for()
        page.get_by_role("button", name="Draft").click()
        expect(text).to_have_value(re.compile("France"))
        check(page.locator(".entry.person").count() == 1, "a draft is not sent")
        text.press("Control+Enter")
        page.locator(".entry.person").get_by_text("France").wait_for()


def personal_data(site):
    visitor, state = site.say("I want to talk to a person, write to dana@customer.example")
    with site.browser() as page, site.browser() as reader:
        site.sign_in(page, "agent")
        page.goto(f"{site.url}/team/inbox/{state['ticket']}")
        check("dana@customer.example" not in page.content(), "personal data are masked")
        page.get_by_role("button", name="Show them").click()
        page.locator("#log mark.shown").get_by_text("dana@customer.example").wait_for()
        site.sign_in(reader, "viewer")
        reader.goto(f"{site.url}/team/inbox/{state['ticket']}")
        check(reader.get_by_role("button", name="Show them").count() == 0, "a viewer cannot ask for them")
        check(reader.get_by_role("button", name="Take over").count() == 0, "a viewer cannot take over")


def the_last_gate(site):
    """The script's own list of allowed elements, fed with what the server would never send."""
    _, state = site.say("Hello there")
    with site.browser() as page:
        site.sign_in(page, "viewer")
        page.goto(f"{site.url}/team/inbox/{state['ticket']}")
        hostile = [
            "<img src=x onerror=\"document.title='owned'\">", "<script>document.title='owned'</script>",
            "<svg onload=\"document.title='owned'\"><script>1</script></svg>", "<a href=\"javascript:document.title='owned'\">x</a>",
            "<iframe srcdoc=\"x\"></iframe>", "<p style=\"color:red\" onclick=\"1\" id=\"content\">x</p>", "<form action=\"/x\"><input></form>",
            "<math><mtext><table><mglyph><style><img src=x onerror=1>", "<a href=\" java\nscript:1\">x</a>", "<template><img></template>",
            "<svg><a xlink:href=\"javascript:1\"><text>x</text></a></svg>", "<noscript><p title=\"</noscript><img src=x onerror=1>\">",
        ]
        for markup in hostile:
            left = page.evaluate(
                """(markup) => {
                  const box = document.createElement('div');
                  box.append(sanitized(markup));
                  return [...box.querySelectorAll('*')].map((e) => [e.localName, ...[...e.attributes].map((a) => a.name)]).flat();
                }""", markup)
            bad = set(left) - {"a", "p", "svg", "path", "table", "title", "class", "div", "span"}
            check(not bad, f"{markup} leaves {left}")
        check("owned" not in page.title(), "nothing ran")
    # The browser says what it refused in the document that was only read.
    site.problems.clear()


TESTS = [asks_and_is_helped, two_agents_see_each_other, works_without_a_script, keyboard_alone, drafts, personal_data, the_last_gate]
