"""Authorisation, generated from the routes themselves: every route, every role."""

import pytest

from boathouse.core.logs import redact
from tests.matrix import ORDER, PUBLIC, entries


def refused(answer) -> bool:
    """Turned away for lack of permission: a status, or the way to the sign-in page."""
    return answer.status_code in (401, 403) or answer.headers.get("location", "").startswith("/sign-in")


def test_every_route_asks_for_a_permission_or_is_public_for_a_reason():
    open_routes = {entry.path for entry in entries() if entry.needs is None}
    assert open_routes == set(PUBLIC)


@pytest.mark.parametrize("path", [path for path in PUBLIC if "{secret}" in path or "{token}" in path])
def test_no_secret_of_a_link_reaches_a_log(path):
    assert "SECRET" not in redact(f'"GET {path.format(secret="SECRET", token="SECRET")} HTTP/1.1" 200')


@pytest.mark.parametrize("entry", [entry for entry in entries() if entry.needs is not None], ids=str)
def test_a_route_serves_those_who_may_and_nobody_else(cast, entry):
    for name in sorted(ORDER, key=entry.permits):  # those who may come last: what they do may end it
        client = cast.script(name) if entry.path.startswith("/api/") else cast.browser(name)
        answer = client.request(entry.method, entry.url(cast))
        assert refused(answer) == (not entry.permits(name)), (
            f"{name}: {answer.status_code} {answer.text[:200]}"
        )
        assert answer.status_code < 500, f"{name}: {answer.text[:200]}"
