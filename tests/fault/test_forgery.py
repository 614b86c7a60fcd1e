"""Another site's form changes nothing, and looking changes nothing either: generated from the routes."""

from tests.cast import Cast
from tests.matrix import PUBLIC, Entry, entries

SAFE = ("GET", "HEAD")
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Referer": "https://evil.example/"},
]
# What a look may leave behind: when somebody was last here, words brought up to date in their rows.
PASSING = {"seat", "document_update"}
COLUMNS = {"room": "id, name, generation, closed_at, merged_into, help_since, done_at, claimed_by"}


def url_of(entry: Entry, cast: Cast) -> str:
    """With the cast's ids; secrets that are none."""
    secrets = {"{secret}": "none", "{token}": cast.tokens["Ana"], "{code}": cast.code}
    path = entry.path
    for name, value in secrets.items():
        path = path.replace(name, value)
    return Entry(entry.method, path, entry.needs).url(cast)


def contents(server) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""

    async def look():
        async with server.app.state.database.reading() as session:
            connection = await session.connection()
            names = await connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            return {
                name: sorted(map(repr, (await connection.exec_driver_sql(query)).all()))
                for (name,) in names.all()
                if (query := f'SELECT {COLUMNS.get(name, "*")} FROM "{name}"') and name not in PASSING
            }

    return server.portal.call(look)


def test_a_form_of_another_site_reaches_no_route(server, cast: Cast):
    before = contents(server)
    mara = cast.browser("Mara")
    for entry in entries():
        if entry.method not in SAFE and not entry.path.startswith("/api/"):
            for headers in FOREIGN:
                answer = mara.request(entry.method, url_of(entry, cast), headers=headers)
                assert answer.status_code == 403, f"{entry} {headers}"
    assert contents(server) == before


def test_no_cookie_reaches_the_api(cast: Cast):
    mara = cast.browser("Mara")
    for entry in entries():
        if entry.path.startswith("/api/v1/") and entry.path not in PUBLIC:
            assert mara.request(entry.method, url_of(entry, cast)).status_code == 401, str(entry)


def test_looking_changes_nothing(server, cast: Cast):
    looks = [entry for entry in entries() if entry.method in SAFE]

    def look() -> None:
        for entry in looks:
            client = cast.script("Mara") if entry.path.startswith("/api/") else cast.browser("Mara")
            assert client.request(entry.method, url_of(entry, cast)).status_code < 500, str(entry)

    look()  # words are copied into rows when they are first looked at
    before = contents(server)
    look()
    assert contents(server) == before
