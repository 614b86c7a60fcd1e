"""Guessing, stealing and fixing: passwords, cookies, links, and the limits that must not hit the innocent."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core import accounts, invitations, passwords
from boathouse.core.people import Person, Role, Session
from boathouse.core.settings import Settings
from boathouse.workshop.web.permits import seat_cookie
from tests.cast import Cast
from tests.rows import in_database

PASSWORD = "a long enough password"


@pytest.fixture
def members(server) -> list[str]:
    """A coach with a password, and the addresses of 300 colleagues who have the same."""

    async def make(session) -> list[str]:
        link = await invitations.find_invitation(
            session, invitations.invite(session, Role.COACH, invited_by=None)
        )
        who = await invitations.newcomer("Mara", "mara@alder.example", PASSWORD)
        first = await invitations.accept(session, link, who)
        for number in range(300):
            email = f"coach{number}@alder.example"
            session.add(Person(name=email, email=email, password_hash=first.password_hash, role=Role.COACH))
        return ["mara@alder.example", *(f"coach{number}@alder.example" for number in range(300))]

    return in_database(server, make)


def sign_in(server, email: str, password: str = PASSWORD, address: str = "10.0.0.1"):
    """From an address of one's own."""
    client = TestClient(server.app, client=(address, 50_000), follow_redirects=False)
    client.portal = server.portal
    return client.post("/sign-in", data={"email": email, "password": password})


def test_passwords_are_kept_as_argon2id(server, members):
    async def look(session):
        query = select(Person.password_hash).where(Person.email == members[0])
        return (await session.exec(query)).one()

    kept = in_database(server, look)
    assert kept.startswith("$argon2id$")
    memory, passes = (int(re.search(rf"\b{name}=(\d+)", kept)[1]) for name in ("m", "t"))
    assert memory >= 19_456  # KiB, the least that OWASP recommends for argon2id
    assert passes >= 2


@pytest.mark.parametrize("email", ["mara@alder.example", "nobody@alder.example", "dashboard"])
def test_a_known_and_an_unknown_address_cost_the_same(server, members, monkeypatch, email):
    counted = []
    verify = type(passwords._hasher).verify
    monkeypatch.setattr(
        type(passwords._hasher), "verify", lambda *args: counted.append(args[1][:10]) or verify(*args)
    )
    assert sign_in(server, email, "wrong").status_code == 422
    assert counted == ["$argon2id$"]


def test_three_hundred_coaches_behind_one_address_sign_in(server, members, monkeypatch):
    monkeypatch.setattr(passwords, "_verify", lambda kept, password: password == PASSWORD)  # argon2 is slow
    assert {sign_in(server, email).status_code for email in members} == {303}


def test_guessing_elsewhere_does_not_lock_the_owner_of_an_account_out(server, members, monkeypatch):
    monkeypatch.setattr(passwords, "_verify", lambda kept, password: password == PASSWORD)
    statuses = [sign_in(server, members[0], f"guess {n}", "10.6.6.6").status_code for n in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert sign_in(server, members[0], address="10.6.6.6").status_code == 429  # with the right one, too
    assert sign_in(server, members[0], address="10.0.0.2").status_code == 303
    assert sign_in(server, members[1], address="10.6.6.6").status_code == 303


def test_guessing_one_account_from_everywhere_ends_too(server, members, monkeypatch):
    monkeypatch.setattr(passwords, "_verify", lambda kept, password: password == PASSWORD)
    found = [sign_in(server, members[0], "guess", f"10.6.{n // 10}.1").status_code for n in range(210)]
    assert found[-1] == 429


@pytest.mark.parametrize(
    ("base_url", "is_secure"), [("http://testserver", False), ("https://boathouse.example", True)]
)
def test_cookies_belong_to_one_browser_and_one_site(settings: Settings, base_url: str, is_secure: bool):
    app = create_app(settings.model_copy(update={"base_url": base_url}))
    with TestClient(app, follow_redirects=False, base_url=base_url) as client:
        link = client.portal.call(_setup, app)
        form = {"name": "Mara", "email": "mara@alder.example", "password": PASSWORD}
        cookie = client.post(link, data=form).headers["set-cookie"].lower()
        assert cookie.startswith("boathouse_session=")
        assert {"httponly", "samesite=lax", "path=/"} <= set(re.split("; ?", cookie))
        assert ("; secure" in cookie) == is_secure
        assert "domain" not in cookie


async def _setup(app) -> str:
    async with app.state.database.writing() as session:
        return f"/setup/{await invitations.new_setup_secret(session)}"


def test_a_seat_is_a_cookie_of_the_same_kind(cast: Cast):
    answer = cast.browser("nobody").post(f"/join/{cast.code}", data={"name": "Dora"})
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(seat_cookie(cast.workshop))
    assert {"httponly", "samesite=lax"} <= set(re.split("; ?", cookie))


def test_signing_in_gives_a_new_session_whatever_cookie_came_along(server, members):
    server.cookies.set("boathouse_session", "fixed-by-somebody-else")
    answer = server.post("/sign-in", data={"email": members[0], "password": PASSWORD})
    assert "fixed-by-somebody-else" not in answer.headers["set-cookie"]


def test_no_secret_is_kept_as_it_is(server, cast: Cast):
    async def look(session):
        connection = await session.connection()
        tables = (await connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")).all()
        return [
            str((await connection.exec_driver_sql(f'SELECT * FROM "{name}"')).all()) for (name,) in tables
        ]

    kept = "".join(in_database(server, look))
    for secret in [*cast.sessions.values(), *cast.tokens.values()]:
        assert secret not in kept


def test_the_set_up_link_makes_its_owner_also_in_a_browser_that_is_signed_in(server, cast: Cast):
    form = {"name": "Nora", "email": "nora@alder.example", "password": PASSWORD}
    link = server.portal.call(_setup, server.app)
    assert cast.browser("Mara").post(link, data=form).status_code == 303
    assert in_database(server, invitations.needs_owner) is False


@pytest.fixture
def link(server, cast: Cast) -> str:
    """A link that signs Tom in."""

    async def make(session) -> str:
        return accounts.sign_in_link(session, cast.people["Tom"])

    return f"/sign-in/{in_database(server, make)}"


def test_a_sign_in_link_is_looked_at_often_and_used_once(server, cast: Cast, link: str):
    for _ in range(3):
        assert "Welcome, Tom" in server.get(link).text
    answer = server.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert server.get(f"/workshops/{cast.workshop}").status_code == 200
    assert (server.get(link).status_code, server.post(link).status_code) == (410, 410)


def test_a_sign_in_link_is_too_old_after_ten_minutes(server, cast: Cast, link: str, monkeypatch):
    later = accounts.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(accounts, "now", lambda: later)
    assert (server.get(link).status_code, server.post(link).status_code) == (410, 410)


def test_a_sign_in_link_is_no_session_and_a_session_no_link(server, cast: Cast, link: str):
    secret = link.rpartition("/")[2]
    for cookie in (secret, f"sign-in link%00{secret}"):
        server.cookies.set("boathouse_session", cookie)
        assert server.get("/workshops").status_code == 303
    assert server.get(f"/sign-in/{cast.sessions['Tom']}").status_code == 410


def test_a_removed_persons_link_is_gone(server, cast: Cast, link: str):
    assert cast.browser("Mara").post(f"/people/{cast.people['Tom']}/remove").status_code == 303
    assert server.post(link).status_code == 410

    async def sessions(session):
        return list(await session.exec(select(Session).where(Session.person_id == cast.people["Tom"])))

    assert in_database(server, sessions) == []
