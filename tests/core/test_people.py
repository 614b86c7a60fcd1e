"""People of an installation: invitations, roles, tokens, and how somebody is removed."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from boathouse.core import accounts, invitations
from boathouse.core.errors import Problem
from boathouse.core.people import Invitation, Person, Role, Session
from tests.core.test_accounts import MARA, invited
from tests.rows import in_database


def role_of(server, cast, name: str) -> Role:
    people = in_database(server, every(Person))
    return next(person.role for person in people if person.id == cast.people[name])


def test_an_invitation_changes_the_role_of_an_account_that_agrees(server, cast):
    link, tom = invited(server, Role.OWNER), cast.browser("Tom")
    assert "Your role changes from coach to owner." in tom.get(link).text
    assert role_of(server, cast, "Tom") == Role.COACH
    assert tom.post(link).status_code == 303
    assert role_of(server, cast, "Tom") == Role.OWNER
    assert tom.get("/people").status_code == 200
    assert tom.get(link).status_code == 410


@pytest.mark.parametrize(("name", "role"), [("Tom", Role.COACH), ("Mara", Role.VIEWER)])
def test_an_invitation_that_gives_nothing_is_kept_for_whom_it_is_for(server, cast, name: str, role: Role):
    link, somebody = invited(server, role), cast.browser(name)
    before = role_of(server, cast, name)
    assert "pass it on" in somebody.get(link).text
    answer = somebody.post(link)
    assert answer.status_code == 409
    assert "pass it on" in answer.text
    assert role_of(server, cast, name) == before
    assert cast.browser("nobody").post(link, data=MARA).status_code == 303


def test_an_invitation_to_a_workshop_gives_that_and_no_other_role(server, cast):
    board = f"/workshops/{cast.workshop}/board"
    link, vera = invited(server, Role.COACH, board), cast.browser("Vera")
    assert "coach a workshop" in vera.get(link).text
    assert vera.post(link).headers["location"] == board
    assert role_of(server, cast, "Vera") == Role.VIEWER
    assert vera.post(f"/workshops/{cast.workshop}/facilitators").status_code == 200


def test_who_coaches_a_workshop_already_does_not_use_its_link_up(server, cast):
    link = invited(server, Role.COACH, f"/workshops/{cast.workshop}/board")
    assert cast.browser("Tom").post(link).status_code == 409
    assert cast.browser("Ines").post(link).status_code == 303


def test_an_invitation_to_a_workshop_that_was_deleted_says_so(server, cast):
    link = invited(server, Role.COACH, "/workshops/nolongerhere/board")
    answer = cast.browser("Ines").post(link)
    assert answer.status_code == 410
    assert "was deleted" in answer.text


def test_only_owners_see_people_invite_and_make_tokens(cast):
    assert "Tom" in cast.browser("Mara").get("/people").text
    for name in ("Tom", "Leo", "Vera"):
        assert cast.browser(name).get("/people").status_code == 403
        assert cast.browser(name).post("/people/invitations", data={"role": "owner"}).status_code == 403


def test_an_invitation_link_is_shown_once(server, cast):
    page = cast.browser("Mara").post("/people/invitations", data={"role": "coach"}).text
    link = re.search(r"http://testserver/invitations/([\w-]+)", page)
    assert link
    assert link[1] not in cast.browser("Mara").get("/people").text
    assert link[1] not in str(in_database(server, every(Invitation)))


def test_a_token_works_until_it_is_revoked(server, cast):
    mara = cast.browser("Mara")
    page = mara.post("/people/tokens", data={"name": "Dashboard", "role": "viewer"}).text
    token = re.search(r'id="fresh-token" value="([^"]+)"', page)
    assert token
    headers = {"Authorization": f"Bearer {token[1]}"}
    assert server.get("/api/v1/workshops", headers=headers).status_code == 200
    person = next(p for p in in_database(server, every(Person)) if p.name == "Dashboard")
    assert mara.post(f"/people/{person.id}/remove").status_code == 303
    assert server.get("/api/v1/workshops", headers=headers).status_code == 401


def test_removing_somebody_ends_their_sessions_and_nobody_removes_themselves(server, cast):
    mara = cast.browser("Mara")
    assert mara.post(f"/people/{cast.people['Mara']}/remove").status_code == 409
    tom = cast.browser("Tom")
    assert tom.get("/workshops").status_code == 200
    mara.post(f"/people/{cast.people['Tom']}/remove")
    assert tom.get("/workshops").status_code == 303
    sessions = in_database(server, every(Session))
    assert cast.people["Tom"] not in {session.person_id for session in sessions}


async def test_an_old_invitation_is_too_old(database, monkeypatch):
    async with database.writing() as session:
        secret = invitations.invite(session, Role.COACH, invited_by=None)
    later = invitations.now() + invitations.INVITED_FOR
    monkeypatch.setattr(invitations, "now", lambda: later)
    async with database.reading() as session:
        with pytest.raises(Problem) as caught:
            await invitations.find_invitation(session, secret)
    assert caught.value.status == 410


async def test_a_token_that_ends_by_itself_takes_its_account_with_it(database, monkeypatch):
    async with database.writing() as session:
        secret = await accounts.create_token(session, "Rehearsal", Role.COACH, timedelta(minutes=20))
        kept = await accounts.create_token(session, "Dashboard", Role.VIEWER)
        assert await accounts.person_of_token(session, secret)
    later = accounts.now() + timedelta(minutes=20)
    monkeypatch.setattr(accounts, "now", lambda: later)
    async with database.writing() as session:
        assert await accounts.person_of_token(session, secret) is None
        await accounts.remove_expired(session)
        left = await session.exec(select(Person.name).where(Person.removed_at.is_(None)))
        assert left.all() == ["Dashboard"]
        assert await accounts.person_of_token(session, kept)


def every(table):
    async def look(session):
        return list(await session.exec(select(table)))

    return look
