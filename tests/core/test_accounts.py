"""Accounts: set-up, signing in and out, invitations, tokens, removal."""

import re
from urllib.parse import unquote

import pytest

from boathouse.core import invitations
from boathouse.core.people import Role
from boathouse.core.web.accounts import own_path
from boathouse.core.web.visitors import SESSION_COOKIE
from tests.rows import in_database

MARA = {"name": "Mara", "email": "Mara@Alder.example", "password": "a long enough password"}


@pytest.fixture
def setup_link(server) -> str:
    return "/setup/" + in_database(server, invitations.new_setup_secret)


def invited(server, role: Role, to: str = "") -> str:
    async def make(session) -> str:
        return invitations.invite(session, role, invited_by=None, invited_to=to)

    return "/invitations/" + in_database(server, make)


def test_the_first_account_owns_the_installation_and_is_signed_in(server, setup_link):
    assert "Welcome to Boathouse" in server.get(setup_link).text
    answer = server.post(setup_link, data=MARA)
    assert answer.status_code == 303
    assert server.get("/people").status_code == 200
    assert in_database(server, invitations.needs_owner) is False


def test_a_link_is_looked_at_often_and_used_once(server, setup_link):
    for _ in range(3):
        assert server.get(setup_link).status_code == 200
    server.post(setup_link, data=MARA)
    assert server.get(setup_link).status_code == 410
    assert server.post(setup_link, data=MARA | {"email": "b@c.d"}).status_code == 410


def test_a_new_setup_link_ends_the_one_before(server, setup_link):
    in_database(server, invitations.new_setup_secret)
    assert server.get(setup_link).status_code == 410


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Please write your name."),
        ("email", "mara", "That does not look like an email address."),
        ("password", "short", "At least 10 characters, please."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_rest_is_kept(server, setup_link, field, value, sentence):
    answer = server.post(setup_link, data=MARA | {field: value})
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert sentence in answer.text
    if field != "email":
        assert MARA["email"] in answer.text
    assert MARA["password"] not in answer.text


def test_an_address_has_one_account(server, setup_link):
    server.post(setup_link, data=MARA)
    link = invited(server, Role.COACH)
    server.cookies.clear()
    answer = server.post(link, data=MARA)
    assert answer.status_code == 409
    assert "There is an account with this address already." in answer.text
    way = re.search(r'<a href="(/sign-in\?next=[^"]+)">Sign in</a>, and this link adds to it', answer.text)
    assert way
    form = {"email": MARA["email"], "password": MARA["password"], "next": unquote(way[1].partition("=")[2])}
    assert server.post("/sign-in", data=form).headers["location"] == link


def test_signing_in_and_out(server, setup_link):
    server.post(setup_link, data=MARA)
    server.post("/sign-out")
    server.cookies.clear()
    assert server.get("/people").headers["location"] == "/sign-in?next=/people"
    form = {"email": " mara@alder.example ", "password": MARA["password"], "next": "/people"}
    answer = server.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert server.get("/people").status_code == 200
    server.post("/sign-out")
    server.cookies.set(
        SESSION_COOKIE, re.search(r"boathouse_session=([^;]+)", answer.headers["set-cookie"])[1]
    )
    assert server.get("/people").status_code == 303  # the session itself has ended


@pytest.mark.parametrize("email", ["mara@alder.example", "nobody@alder.example"])
def test_a_wrong_password_and_a_wrong_address_look_the_same(server, setup_link, email):
    server.post(setup_link, data=MARA)
    server.cookies.clear()
    answer = server.post("/sign-in", data={"email": email, "password": "something else"})
    assert answer.status_code == 422
    assert "Address and password do not belong together." in answer.text
    assert f'value="{email}"' in answer.text


def test_the_form_that_comes_back_after_a_wrong_password_signs_in(server, setup_link):
    server.post(setup_link, data=MARA)
    server.cookies.clear()
    form = {"email": MARA["email"], "password": "something else", "next": "/people"}
    again = server.post("/sign-in", data=form).text
    action = re.search(r'<form[^>]*action="([^"]*sign-in[^"]*)"', again)[1]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', again))
    answer = server.post(action, data={**fields, "email": MARA["email"], "password": MARA["password"]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert server.get("/people").status_code == 200


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_signing_in_leads_to_no_other_site(wanted):
    assert own_path(wanted) == "/"


def test_an_invitation_gives_its_role_and_leads_where_it_says(server, setup_link):
    link = invited(server, Role.LEADER, "/workshops")
    answer = server.post(link, data=MARA | {"email": "leo@alder.example", "name": "Leo"})
    assert answer.headers["location"] == "/workshops"
    assert server.get("/people").status_code == 403
