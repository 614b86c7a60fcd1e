"""What every request passes: Origin, forgery, size, headers; and no secret in any log."""

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from boathouse.core.logs import redact

FOREIGN = {"Origin": "https://evil.example"}


def test_every_answer_carries_the_security_headers(server):
    headers = server.get("/join").headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'nonce-" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_nonce_is_new_each_time_and_on_the_page(server):
    first, second = server.get("/join"), server.get("/join")
    nonces = [
        page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0] for page in (first, second)
    ]
    assert nonces[0] != nonces[1]
    assert nonces[0] in first.text


def test_pages_have_no_inline_style_or_handler(cast):
    for path in ("/join", "/sign-in"):
        text = cast.browser("nobody").get(path).text
        assert " style=" not in text
        assert " onclick=" not in text


@pytest.mark.parametrize(
    "headers",
    [
        FOREIGN,
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/form"},
    ],
)
def test_a_form_of_another_site_is_refused_and_changes_nothing(cast, headers):
    mara = cast.browser("Mara")
    refused = mara.post("/sign-out", headers=headers)
    assert refused.status_code == 403
    assert mara.get("/workshops").status_code == 200


def test_our_own_form_is_accepted(cast):
    assert cast.browser("Mara").post("/sign-out", headers={"Origin": "http://testserver"}).status_code == 303


def test_the_api_takes_no_cookie(cast):
    client = TestClient(cast.app, cookies=cast.cookies("Mara"))
    assert client.get(f"/api/v1/workshops/{cast.workshop}").status_code == 401


def test_a_page_takes_no_bearer_token(cast):
    assert cast.script("Mara").get(f"/workshops/{cast.workshop}/board").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/rooms/{room}/doc",
        "/rooms/{room}/live",
        "/workshops/{workshop}/board/live",
        "/workshops/{workshop}/stage/live",
    ],
)
@pytest.mark.parametrize("headers", [FOREIGN, {}])
def test_a_socket_of_another_site_is_refused_before_accept(cast, path, headers):
    path = path.format(room=cast.rooms[1], workshop=cast.workshop)
    with (
        pytest.raises(WebSocketDisconnect),
        cast.browser("Mara").websocket_connect(path, headers=headers) as socket,
    ):
        socket.receive_text()


def test_an_oversized_body_is_refused(server):
    answer = server.post("/sign-in", content=b"x" * (5 * 1024 * 1024))
    assert answer.status_code == 413


def test_a_redirect_after_sign_in_stays_on_this_site(cast):
    for wanted in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert cast.browser("Mara").get("/sign-in", params={"next": wanted}).headers["location"] == "/"


@pytest.mark.parametrize(
    "line",
    [
        "GET /rooms/1/doc?token=SECRET&saved=1",
        "opened /setup/SECRET now",
        "Authorization: Bearer SECRET",
        "/seat/SECRET",
        "/invitations/SECRET?x=1",
    ],
)
def test_secrets_are_blanked_in_logs(line):
    assert "SECRET" not in redact(line)


def test_an_unexpected_error_shows_no_trace_and_keeps_the_headers(app, cast):
    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("inner secret")

    answer = TestClient(app).get("/broken")
    assert answer.status_code == 500
    assert "inner secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_page_answers_head_as_it_answers_get(cast):
    page = f"/workshops/{cast.workshop}/board"
    assert cast.browser("Tom").head(page).status_code == 200
    assert cast.browser("Ana").head(page).status_code == cast.browser("Ana").get(page).status_code


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("HEAD", "/api/v1/join", "POST"),
        ("OPTIONS", "/api/v1/workshops", "GET, POST"),
        ("PATCH", "/api/v1/workshops/{workshop_id}/bank", "GET, POST"),
        ("GET", "/api/v1/bank/{bank_entry_id}", "PUT, DELETE"),
        ("OPTIONS", "/workshops/{workshop_id}/bank", "GET, HEAD, POST"),
        ("POST", "/static/app.css", "GET, HEAD"),
    ],
)
def test_what_cannot_be_done_at_an_address_is_told_with_what_can(server, method, path, allowed):
    answer = server.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
