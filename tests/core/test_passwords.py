"""A forgotten password: the owner's link, the form behind it, and what ends."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from boathouse.core import accounts
from boathouse.core.people import Person, Session
from boathouse.core.web.visitors import SESSION_COOKIE
from tests.cast import Cast
from tests.rows import in_database

OLD, NEW = "a long enough password", "another long sentence"


@pytest.fixture(autouse=True)
def tom(cast: Cast) -> TestClient:
    """Tom's browser; he signs in with tom@alder.example."""

    async def give(session) -> None:
        person = await session.get(Person, cast.people["Tom"])
        person.email = "tom@alder.example"
        session.add(person)

    in_database(cast, give)
    return cast.browser("Tom")


def link_for(cast: Cast, name: str, by: str = "Mara") -> str:
    """The path of the link as the owner's page shows it."""
    page = cast.browser(by).post(f"/people/{cast.people[name]}/password-link").text
    found = re.search(r'value="http://testserver(/new-password/[\w-]+)"', page)
    assert found
    assert f"Send this link to {name} alone." in page
    return found[1]


def signs_in(cast: Cast, password: str) -> bool:
    """Whether Tom can with this password."""
    form = {"email": "tom@alder.example", "password": password}
    return cast.browser("nobody").post("/sign-in", data=form).status_code == 303


def test_the_link_sets_a_password_signs_in_here_and_out_everywhere_else(cast: Cast, tom: TestClient):
    link, other = link_for(cast, "Tom"), cast.browser("nobody")
    for _ in range(3):  # mail scanners look, too
        assert "A new password" in other.get(link).text
    answer = other.post(link, data={"password": NEW})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert other.get("/workshops").status_code == 200
    assert tom.get("/workshops").status_code == 303
    assert signs_in(cast, NEW)
    assert (other.get(link).status_code, other.post(link, data={"password": OLD}).status_code) == (410, 410)
    assert not signs_in(cast, OLD)


def test_open_sockets_of_the_person_end(cast: Cast, tom: TestClient):
    address = f"/workshops/{cast.workshop}/board/live"
    link = link_for(cast, "Tom")
    with tom.websocket_connect(address, headers={"Origin": "http://testserver"}) as board:
        cast.browser("nobody").post(link, data={"password": NEW})
        while (message := board.receive())["type"] != "websocket.close":
            pass
    assert message["code"] == 4401
    assert "password" in message["reason"]


@pytest.mark.parametrize("password", ["", "too short", "ten chars"])
def test_a_short_password_is_said_at_the_field_and_the_link_stays_good(cast: Cast, password: str):
    link, browser = link_for(cast, "Tom"), cast.browser("nobody")
    answer = browser.post(link, data={"password": password})
    assert answer.status_code == 422
    assert re.search(r'id="e-password".*At least 10 characters, please.', answer.text)
    assert SESSION_COOKIE not in answer.cookies
    assert browser.post(link, data={"password": NEW}).status_code == 303


def test_it_is_too_old_after_ten_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    link = link_for(cast, "Tom")
    later = accounts.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(accounts, "now", lambda: later)
    browser = cast.browser("nobody")
    assert (browser.get(link).status_code, browser.post(link, data={"password": NEW}).status_code) == (
        410,
        410,
    )


def test_the_two_kinds_of_links_do_not_stand_for_each_other(cast: Cast):
    async def make(session) -> str:
        return accounts.sign_in_link(session, cast.people["Tom"])

    nobody = cast.browser("nobody")
    assert nobody.get(f"/new-password/{in_database(cast, make)}").status_code == 410
    assert nobody.post(link_for(cast, "Tom").replace("/new-password/", "/sign-in/")).status_code == 410


def test_a_new_password_ends_the_other_links_too(cast: Cast):
    first, second = link_for(cast, "Tom"), link_for(cast, "Tom")
    assert cast.browser("nobody").post(second, data={"password": NEW}).status_code == 303
    assert cast.browser("nobody").post(first, data={"password": OLD}).status_code == 410


def test_only_accounts_that_can_sign_in_get_a_link(cast: Cast):
    mara = cast.browser("Mara")
    assert mara.post(f"/people/{cast.people['Vera']}/password-link").status_code == 404  # has no address
    assert mara.post("/people/nobodyatall0/password-link").status_code == 404
    assert mara.post(f"/people/{cast.people['Tom']}/remove").status_code == 303
    assert mara.post(f"/people/{cast.people['Tom']}/password-link").status_code == 404


def test_a_removed_persons_link_is_gone(cast: Cast):
    link = link_for(cast, "Tom")
    cast.browser("Mara").post(f"/people/{cast.people['Tom']}/remove")
    assert cast.browser("nobody").post(link, data={"password": NEW}).status_code == 410

    async def sessions(session):
        return list(await session.exec(select(Session).where(Session.person_id == cast.people["Tom"])))

    assert in_database(cast, sessions) == []
