"""The figures of /metrics: what was answered, and who is connected."""

from tests.watching import watch


def figure(server, name: str) -> float:
    """As it stands there; 0 for one that nothing was counted for yet."""
    lines = [line for line in server.get("/metrics").text.splitlines() if line.startswith(f"{name} ")]
    return float(lines[0].rpartition(" ")[2]) if lines else 0.0


def test_every_answer_is_counted_by_method_and_status(server):
    refused = 'boathouse_requests_total{method="GET",status="404"}'
    before = figure(server, refused)
    for _ in range(3):
        assert server.get("/nothing-here").status_code == 404
    assert figure(server, refused) == before + 3
    server.request("BREW", "/join")
    assert 'method="BREW"' not in server.get("/metrics").text  # a stranger's words are not kept
    assert figure(server, 'boathouse_requests_total{method="other",status="405"}') == 1


def test_live_pages_are_counted_while_they_follow(server, cast):
    assert figure(server, "boathouse_live_sockets") == 0
    with watch(server, cast, "Tom", f"/workshops/{cast.workshop}/board/live") as socket:
        socket.receive_json()
        assert figure(server, "boathouse_live_sockets") == 1
    assert figure(server, "boathouse_live_sockets") == 0


def test_the_process_has_its_figures(server):
    assert figure(server, "process_resident_memory_bytes") > 0
