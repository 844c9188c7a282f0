"""One campaign in Chromium, by keyboard alone: from signing up to the thank-you note."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from asterism.market import simulate

pytestmark = pytest.mark.xdist_group("studio")
AXE = (Path(__file__).resolve().parents[1] / "axe" / "axe.min.js").read_text(encoding="utf-8")
PASSWORD = "a long and quiet night"
GOOD = "#ad Porridge in the morning light, with Aurora Oats."
FACTS = ("The platform's own paid label will be on", "The picture shows that it is paid for",
         "It stays from beginning to end", "It is said aloud")  # fmt: skip
BAD = "Thanks @aurora for the lovely porridge."


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of eighty creators, as a marketer would bring it."""
    path = tmp_path_factory.mktemp("files") / "creators.csv"
    rows = simulate(80, 5_000, seed=3).tables.creators.to_pylist()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


class Person:
    """Somebody at a browser of their own who uses the keyboard alone; what the console says is kept."""

    def __init__(self, browser, studio, **options):
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        self.page = self.context.new_page()
        self.studio, self.complaints, self.hosts = studio, [], set()
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self.hosts.add(asked.url.split("/")[2]))

    def open(self, address):
        self.page.goto(address if address.startswith("http") else self.studio.address + address)
        self.page.wait_for_load_state("networkidle")

    def reach(self, locator):
        """Move the focus to something with the Tab key, as people without a mouse do."""
        target = locator.first
        target.wait_for(state="attached")
        self.page.evaluate("document.activeElement && document.activeElement.blur()")
        handle = target.element_handle()
        for _ in range(400):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("element => element === document.activeElement", handle):
                return
        raise AssertionError(f"no key leads to {locator}")

    def fill(self, label, text, within=None):
        """Type into a field that is named by its label."""
        self.reach((within or self.page).get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, label):
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.press("Space")

    def press(self, name, kind="button", within=None):
        """Press a button or follow a link by its name, and wait for what comes of it."""
        self.reach((within or self.page).get_by_role(kind, name=name))
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(150)  # until the request is on its way
        self.page.wait_for_selector(".htmx-request", state="detached")
        self.page.wait_for_load_state("networkidle")

    def unfold(self, words):
        """Open what is folded away under some words."""
        self.reach(self.page.locator("summary", has_text=words))
        self.page.keyboard.press("Enter")

    def sees(self, words, patience=60_000):
        self.page.get_by_text(words).first.wait_for(timeout=patience)


def secret_of(person):
    """The address that is shown once."""
    return re.search(r"https?://\S+?/(?:s|c|join)/[\w-]+/?", person.page.inner_text("main"))[0]


def signs_up(owner):
    """The first user of the studio, and a second person by invitation."""
    owner.open("/")
    form = owner.page.locator("form[action='/sign-up']")
    for label, text in (("Your name", "Olga Owner"), ("E-mail address", "olga@aurora.test"), ("Password", PASSWORD),
                        ("Workspace", "Aurora Oats")):  # fmt: skip
        owner.fill(label, text, form)
    owner.press("Sign up")
    owner.sees("Three steps to an answer")


def invites(owner, second):
    """A second person, who joins as manager."""
    owner.open("/w/aurora-oats/settings/members")
    owner.fill("E-mail address", "max@aurora.test")
    owner.press("Invite")
    second.open(secret_of(owner))
    second.fill("Your name", "Max Manager")
    second.fill("Password", PASSWORD)
    second.press("Join")


def uploads(owner, table):
    """A table is looked at, then imported."""
    owner.open("/w/aurora-oats/")
    owner.press("Upload a table", "link")
    owner.page.get_by_role("heading", name="Bring creators").wait_for()
    owner.reach(owner.page.get_by_label("Tables"))
    with owner.page.expect_file_chooser() as chosen:
        owner.page.keyboard.press("Space")
    chosen.value.set_files(str(table))
    owner.press("Look at the files")
    owner.sees("80 rows can be used")
    owner.press("Import")
    owner.sees("80 rows are imported")


def plans(owner):
    """A brief becomes a plan."""
    owner.press("Write a brief", "link")
    owner.fill("Name of the campaign", "Spring launch")
    owner.fill("Budget", "6000")
    owner.fill("Creators at most", "5")
    owner.unfold("Posts, who must and must not be in it")
    owner.fill("Posts per creator at most", "1")
    owner.press("Plan it")
    owner.sees("Sign this plan", 120_000)


def client_approves(owner, client):
    """The plan's picks on a shortlist, answered over a link without a login."""
    owner.press("Make a shortlist for the client")
    owner.press("Make link")
    owner.sees("The link is ready")
    shared = secret_of(owner)
    client.open(shared)
    for yes in client.page.get_by_label("Yes").all():
        client.reach(yes)
        client.page.keyboard.press("Space")
    client.fill("Your name", "Clara Client")
    client.press("Send answers")
    client.sees("your answers are in")
    assert "fee" not in client.page.inner_text("main").lower()
    owner.page.reload()
    owner.sees("the client said yes to")
    return shared


def signs(owner):
    """The plan is signed, and its picks stand on the board."""
    owner.open("/w/aurora-oats/campaigns/1/plan")
    owner.press("Sign this plan")
    owner.open("/w/aurora-oats/campaigns/1/")
    owner.page.get_by_role("heading", name="Shortlisted").wait_for()


def asks_a_creator(owner):
    """The address of the creator's own page, and of the collaboration."""
    owner.press("Invite", "link")
    owner.press(re.compile("^Invite (?!.*letter)"))
    owner.sees("is invited")
    link = secret_of(owner)
    owner.press("Go on", "link")
    work = owner.page.url
    owner.press("Draft the terms", "link")
    owner.press("Write the terms")
    owner.press("Offer to the creator")
    return link, work


def accepts(creator, link):
    """The creator reads the terms and accepts them."""
    creator.open(link)
    creator.fill("Your full name", "Ana Creator")
    creator.press("Accept these terms")
    creator.sees("You agreed")


def hands_in(creator, link, caption, facts=()):
    """The creator hands in a draft."""
    creator.open(link)
    creator.fill("Words of the post", caption)
    for fact in facts:
        if creator.page.get_by_label(fact).count():
            creator.tick(fact)
    creator.press(re.compile("^Hand in$"))


@dataclass(frozen=True)
class Walked:
    """What is left of the campaign: who walked it, and the links that were shown once."""

    people: tuple[Person, ...]
    portal: str
    shared: str

    @property
    def owner(self):
        return self.people[0]


@pytest.fixture(scope="module")
def walked(studio, chromium, table):
    """A campaign from signing up to the thank-you note."""
    owner, second, client, creator = people = tuple(Person(chromium, studio) for _ in range(4))
    signs_up(owner)
    invites(owner, second)
    uploads(owner, table)
    plans(owner)
    shared = client_approves(owner, client)
    signs(owner)
    link, work = asks_a_creator(owner)
    accepts(creator, link)
    owner.open(work)
    owner.press("Send the brief")
    hands_in(creator, link, BAD)
    creator.sees("Disclosure: fail")
    owner.open(work)
    assert owner.page.get_by_role("button", name="Approve the draft").count() == 0
    owner.fill("Which changes", "Say #ad at the very start.")
    owner.press("Ask for these changes")
    hands_in(creator, link, GOOD, FACTS)
    creator.sees("Disclosure: pass")
    owner.open(work)
    owner.press("Approve the draft")
    creator.open(link)
    creator.fill("Link to your post, once it is out", "https://social.example/p/1")
    creator.press("It is out")
    creator.sees("Your post is out")
    owner.open(work)
    owner.fill("Reach", "9000")
    owner.fill("Impressions", "12000")
    owner.press("Save figures")
    owner.press("Propose the payment")
    assert owner.page.get_by_role("button", name=re.compile("^Approve the payment")).count() == 0
    second.open(work)
    second.press(re.compile("^Approve the payment"))
    second.press("Record as sent")
    owner.open(work)
    owner.press("Say thank you")
    owner.sees("Thanked.")
    return Walked(people, link, shared)


def pattern_of(address):
    """What kind of page an address leads to."""
    path = address.split("?")[0].split("#")[0]
    return re.sub(r"/creators/\w+/[^/]+", "/creators/*", re.sub(r"\d+", "0", path))


def is_page(context, address):
    """Whether an address answers with a page."""
    answer = context.request.get(address, max_redirects=3)
    return answer.ok and answer.headers.get("content-type", "").startswith("text/html")


def pages_of(person, start):
    """One address of every kind of page that links lead to, found by following them."""
    person.open(start)
    found, left = {}, [person.page.url]
    while left:
        address = left.pop(0)
        kind = pattern_of(address)
        if kind in found or not is_page(person.context, address):
            continue
        found[kind] = address
        person.page.goto(address)
        links = person.page.eval_on_selector_all("a[href]:not([download])", "all => all.map(one => one.href)")
        left += [link for link in links if link.startswith(person.studio.address) and pattern_of(link) not in found]
    return list(found.values())


def violations(page):
    """What axe-core finds against accessibility on a page, one line each."""
    found = page.evaluate(f"async () => {{ {AXE}; return (await axe.run()).violations }}")
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def test_a_campaign_from_sign_up_to_thank_you_by_keyboard_alone_and_no_page_keeps_anybody_out(studio, chromium, walked):
    """One test, so that the walk is made once."""
    for person in walked.people:
        assert person.complaints == []
        assert person.hosts == {studio.address.split("/")[2]}
    addresses = pages_of(walked.owner, "/w/aurora-oats/")
    assert len(addresses) > 30
    for scheme, width in (("light", 1280), ("dark", 390)):
        assert kept_out(walked, chromium, studio, addresses, (scheme, width)) == []


def kept_out(walked, chromium, studio, addresses, seen_in):
    """What keeps somebody out of a page in a colour scheme and at a width, and what is wider than the screen."""
    scheme, width = seen_in
    state = walked.owner.context.storage_state()
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 844}, "bypass_csp": True}
    context = chromium.new_context(storage_state=state, **options)
    page, found = context.new_page(), []
    for address in (*addresses, walked.portal, f"{walked.portal}data", walked.shared, f"{studio.address}/nowhere"):
        page.goto(address)
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{page.url}: wider than the screen")
    front = chromium.new_context(**options).new_page()
    front.goto(studio.address)
    return found + violations(front)
