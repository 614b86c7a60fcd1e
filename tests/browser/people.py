"""Browsers of people: who is signed in or seated, on which screen, and what their pages complained of."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, WebError

from boathouse.core.web.visitors import SESSION_COOKIE
from boathouse.workshop.web.permits import seat_cookie
from tests.browser.house import Event, House

LAPTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LINE_LOST = ("WebSocket connection to", "net::ERR_", "htmx:ws:error")  # whenever a line is cut
REFUSED = ("the server responded with a status of 4",)


@dataclass
class Person:
    """One browser of their own."""

    name: str
    context: BrowserContext
    may_say: tuple[str, ...] = ()  # parts of errors that belong to the test
    complaints: list[str] = field(default_factory=list)
    leaves: bool = False  # also when the page asks whether to leave with unsaved words

    def watch(self) -> None:
        """Take note of every error of every page."""
        self.context.on("console", self._said)
        self.context.on("weberror", self._failed)
        self.context.on("dialog", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in self.may_say):
            self.complaints.append(f"{self.name}: {message.text} ({message.location.get('url')})")

    def _failed(self, error: WebError) -> None:
        self.complaints.append(f"{self.name}: {error.error}")

    def _asked(self, dialog: Dialog) -> None:
        """Our pages ask in dialogs of their own; only leaving with unsaved words may ask natively."""
        if dialog.type != "beforeunload":
            self.complaints.append(f"{self.name}: a window of the browser said {dialog.message!r}")
        if self.leaves:
            dialog.accept()
        else:
            dialog.dismiss()


class People:
    """Everybody's browsers in one test."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.all: list[Person] = []

    def somebody(
        self, name: str, address: str, *, phone: bool = False, may_say: tuple[str, ...] = (), **options: Any
    ) -> Page:
        """A page of a browser without cookies, its paths relative to `address`.

        may_say: parts of error messages that the test itself brings about.
        """
        screen = PHONE if phone else LAPTOP
        context = self.browser.new_context(
            **{**screen, "base_url": address, "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(15_000)
        person = Person(name, context, may_say)
        person.watch()
        self.all.append(person)
        return context.new_page()

    def coach(self, house: House, name: str = "Mara", **options: Any) -> Page:
        """A signed-in page of somebody of the cast."""
        page = self.somebody(name, house.server.address, **options)
        return signed_in(page, house, SESSION_COOKIE, house.cast.sessions[name])

    def member(self, house: House, event: Event, name: str, token: str, **options: Any) -> Page:
        """A page of a participant."""
        page = self.somebody(name, house.server.address, **options)
        return signed_in(page, house, seat_cookie(event.id), token)

    def complaints(self) -> list[str]:
        """What went wrong in any browser so far."""
        return [line for person in self.all for line in person.complaints]

    def leave(self) -> None:
        """Close all browsers."""
        for person in self.all:
            person.context.close()


def signed_in(page: Page, house: House, cookie: str, secret: str) -> Page:
    """The page, once its browser holds the cookie."""
    page.context.add_cookies([{"name": cookie, "value": secret, "url": house.server.address}])
    return page
