"""Every page, checked for accessibility and photographed: light, dark, and as wide as a phone."""
import io
import pathlib

from PIL import Image

from support import PHONE, WIDE, accessible, check

CONVERSATIONS = [
    ["How do I return a tent?"],
    ["How much is delivery to France?"],
    ["My payment failed with E-1042"],
    ["Wie kann ich meine Bestellung stornieren?"],
    ["I'd like to talk to a person about a broken zip"],
    ["This is the third time I ask, your answers are useless!!!", "I want a person NOW"],
    ["Where is my order FH-10423?"],
    ["Do you sell kayaks made of titanium in pink?"],
    ["Hello!", "How long is the warranty on boots?"],
    ["Can I get the receipt sent to mara@customer.example? I need to speak to somebody."],
]


def seed(site):
    """Conversations of several kinds. Returns the ticket of one that was handed off, and of one the AI answered."""
    tickets = []
    for texts in CONVERSATIONS:
        visitor = None
        for text in texts:
            visitor, state = site.say(text, visitor)
        tickets.append(state["ticket"])
    return {"handed_off": tickets[5], "answered": tickets[0], "masked": tickets[9]}


def work(site, tickets):
    """What a team does in the morning, so that the lists have something of everything."""
    with site.browser() as page:
        site.sign_in(page, "agent")
        page.goto(f"{site.url}/team/inbox/{tickets['handed_off']}")
        page.get_by_label("New tag").fill("complaint")
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("button", name="Take over").click()
        page.get_by_text("Yours", exact=True).wait_for()
        page.get_by_label("Your reply to the customer").fill("Second contact today. Offer the *express* exchange.")
        page.get_by_role("button", name="Add as note").click()
        page.locator(".entry.note").wait_for()
        page.get_by_label("Your reply to the customer").fill(
            "I'm sorry that took three tries. I've looked at it myself:\n\n1. a new zip is on its way today\n2. you keep the tent meanwhile\n\n"
            "Is your address still the one in Lyon?")
        page.get_by_role("button", name="Send", exact=True).click()
        page.locator(".entry.person").wait_for()


def addresses(tickets):
    return [
        ("inbox", "/team/inbox?view=open"), ("conversation", f"/team/inbox/{tickets['handed_off']}?view=open"),
        ("inspect", f"/team/inspect/{tickets['answered']}"), ("insight", "/team/insight?days=30"),
        ("knowledge", "/team/knowledge"), ("search", "/team/knowledge/search?q=How+long+can+I+return+a+tent%3F"),
        ("members", "/team/members"), ("account", "/team/account"), ("inspect-list", "/team/inspect"),
    ]


#: The pictures that go into the documentation, by page: the looks.
PICTURES = {
    "inbox": ["light", "dark", "phone"], "conversation": ["light", "dark", "phone"], "inspect": ["light", "dark", "phone"],
    "insight": ["light", "dark"], "knowledge": ["light"], "search": ["light"], "members": ["light"], "sign-in": ["light", "phone"],
    "chat": ["light", "dark", "phone"],
}


def photograph(page, folder, name):
    """A picture of what is on the screen, with few colours so that it stays small."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    for colors in (256, 128, 64):
        small = picture.quantize(colors, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        out = io.BytesIO()
        small.save(out, "PNG", optimize=True)
        if out.tell() < 150_000:
            break
    pathlib.Path(folder, f"{name}.png").write_bytes(out.getvalue())


def fits(page, name):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check(wide <= 0, f"{name} is {wide} px wider than the screen")


def converse(site, page):
    """A visitor's page with an answer on it."""
    page.goto(site.url + "/")
    page.get_by_label("Your message").fill("How do I return a tent?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".message.ai .source, .message.ai .sources a").first.wait_for()
    page.wait_for_timeout(1000)


def every_page(site, folder):
    tickets = seed(site)
    work(site, tickets)
    if folder:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    for look, viewport, scheme in (("light", WIDE, "light"), ("dark", WIDE, "dark"), ("phone", PHONE, "light")):
        with site.browser(viewport, scheme) as page:
            converse(site, page)
            fits(page, f"chat ({look})")
            if folder and look in PICTURES["chat"]:
                photograph(page, folder, f"chat-{look}")
            page.goto(site.url + "/team/sign-in")
            accessible(page, f"sign-in ({look})")
            fits(page, f"sign-in ({look})")
            if folder and look in PICTURES["sign-in"]:
                photograph(page, folder, f"sign-in-{look}")
            site.sign_in(page, "admin")
            for name, address in addresses(tickets):
                page.goto(site.url + address)
                page.wait_for_timeout(300)
                fits(page, f"{name} ({look})")
                accessible(page, f"{name} ({look})")
                if folder and look in PICTURES.get(name, []):
                    photograph(page, folder, f"{name}-{look}")
