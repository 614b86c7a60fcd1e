"""What people send that is no use: headers in names, other sites and hosts, too much, too slow."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.logs import set_up_logs
from boathouse.core.settings import Settings
from boathouse.core.web import security
from boathouse.core.web.accounts import own_path
from tests.cast import Cast
from tests.furnished import Furnished

NASTY = '"; filename=evil.exe\r\nSet-Cookie: stolen=1\r\n\r\n<script>alert(1)</script>/../..\\ 🚣 "'


def rename(cast: Cast, title: str) -> int:
    """Give the workshop another title; the status."""
    return cast.browser("Tom").post(f"/workshops/{cast.workshop}/settings", data={"title": title}).status_code


@pytest.mark.parametrize("format", ["json", "csv", "md"])
def test_a_title_becomes_no_header_of_its_export(cast: Cast, format: str):
    assert rename(cast, NASTY) == 303
    answer = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}/export", params={"format": format})
    name = answer.headers["content-disposition"]
    assert "set-cookie" not in answer.headers
    assert name.isascii()
    plain = name.split('filename="')[1].split('"')[0]
    assert plain.endswith(f".{format}")
    assert set(plain.removesuffix(f".{format}")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "/\r\nSet-Cookie: a=b",
        " //evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site_and_sets_no_header(cast: Cast, wanted: str):
    assert not own_path(wanted).lstrip("/").startswith(("http", "javascript"))
    answer = cast.browser("Mara").get("/sign-in", params={"next": wanted})
    there = answer.headers["location"]
    assert there.startswith("/")
    assert not there.startswith(("//", "/\\"))
    assert not set(there) & set("\t\r\n\\")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/rooms/%0d%0aSet-Cookie:a=b",
        "/rooms/%00",
        "/sheets/%00",
        "/workshops/..%2f..%2fetc/board",
        "//evil.example/%2f..",
    ],
)
def test_strange_paths_are_refused_in_words(cast: Cast, path: str):
    for name in ("Mara", "nobody"):
        answer = cast.browser(name).get(path)
        assert answer.status_code in (303, 404)
        assert "set-cookie" not in answer.headers
        assert "evil.example" not in answer.headers.get("location", "").split("next=")[0]


def test_links_are_made_of_the_base_url_whatever_host_is_asked(settings: Settings, furnished: Furnished):
    app = create_app(settings.model_copy(update={"base_url": "https://boathouse.example"}))
    with TestClient(app) as client:
        cast = furnished.cast
        headers = {"Host": "evil.example", "Authorization": f"Bearer {cast.tokens['Mara']}"}
        answer = client.get(f"/api/v1/workshops/{cast.workshop}", headers=headers)
        assert answer.json()["join_url"] == f"https://boathouse.example/join/{cast.code}"
        assert "evil.example" not in answer.text
        page = client.get("/join", headers={"Host": "evil.example"})
        assert "evil.example" not in page.text


def pieces(total: int, size: int = 65_536):
    """A body without a stated length."""
    for _ in range(0, total, size):
        yield b"x" * size


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sign-in", "application/x-www-form-urlencoded"),
        ("/api/v1/join", "application/json"),
        ("/join", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_is_cut_off_where_it_gets_too_large(server, path: str, kind: str):
    answer = server.post(path, content=pieces(6 * 1024 * 1024), headers={"Content-Type": kind})
    assert answer.status_code in (413, 400)
    answer = server.post(path, content=b"x", headers={"Content-Type": kind, "Content-Length": str(10**12)})
    assert answer.status_code == 413


def test_a_deeply_nested_body_is_refused_in_words(server):
    deep = b'{"code":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    answer = server.post("/api/v1/join", content=deep, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_body_that_does_not_come_is_given_up(monkeypatch, app):
    monkeypatch.setattr(security, "BODY_PAUSE", 0.01)

    async def never():
        await asyncio.Event().wait()

    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/join",
        "raw_path": b"/api/v1/join",
        "query_string": b"",
        "headers": [
            (b"host", b"testserver"),
            (b"content-type", b"application/json"),
            (b"content-length", b"9"),
        ],
        "client": ("10.0.0.1", 1),
        "server": ("testserver", 80),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
    }
    await app(scope, never, send)
    assert sent[0]["status"] == 408


@pytest.fixture
def logs() -> Iterator[None]:
    """The process's logging as it was before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_people_write_begins_no_line_in_the_log(form: str, capfd, logs):
    set_up_logs(form)
    log = structlog.get_logger()
    log.warning("a seat was taken", name="Ana\r\n2026-01-01 [error] forged\x1b[2J\x9b31m\u202e")
    logging.getLogger("uvicorn.error").warning("from %s", "10.0.0.1\n2026-01-01 [error] forged")
    secret_local = "never shown"
    error = ValueError("\x1b[2J ?token=SECRET")
    log.error("it failed", exc_info=error)
    written = capfd.readouterr().err
    assert not set(written) & set("\x1b\x9b\r\u202e")
    assert "SECRET" not in written
    assert "ValueError" in written
    assert secret_local not in written
    assert not any(line.startswith("2026-01-01 [error]") for line in written.splitlines())


def test_without_its_database_a_server_lives_and_is_not_ready(server, monkeypatch):
    assert server.get("/readyz").status_code == 200
    monkeypatch.setattr(
        server.app.state.database, "engine", create_async_engine("sqlite+aiosqlite:////no/such/x")
    )
    assert (server.get("/readyz").status_code, server.get("/healthz").status_code) == (503, 200)
