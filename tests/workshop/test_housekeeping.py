"""The server keeps to the retention period by itself: nothing goes too early or stays half deleted."""

from datetime import date, timedelta

from sqlmodel import select
from starlette.testclient import TestClient

from boathouse.app import create_app
from boathouse.core.clock import now
from boathouse.core.settings import Settings
from boathouse.workshop.retention import Retention
from boathouse.workshop.tables import Status, Workshop
from boathouse.workshop.workshops import delete_workshop
from tests.cast import Cast
from tests.ended import LONG_AGO, end
from tests.rows import in_database


def left(cast: Cast) -> set[str]:
    """The workshops there are."""

    async def look(session):
        return {workshop.id for workshop in await session.exec(select(Workshop))}

    return in_database(cast, look)


def keep_house(cast: Cast) -> None:
    """What happens by itself at every start and each hour."""
    assert cast.portal
    cast.portal.call(cast.app.state.housekeeping.delete_due)


def test_whose_time_is_over_goes_with_everything_and_all_others_stay(cast):
    end(cast, 40)
    keep_house(cast)
    assert left(cast) == {cast.other_workshop}
    assert cast.browser("Tom").get(f"/workshops/{cast.workshop}").status_code == 404
    assert cast.browser("Ana").get(f"/rooms/{cast.rooms[1]}").status_code == 404


def test_one_that_cannot_be_deleted_keeps_no_other(cast, monkeypatch):
    end(cast, 40)
    moment = now() - timedelta(days=50)

    async def write(session):
        other = await session.get_one(Workshop, cast.other_workshop)
        other.status, other.ended_at = Status.ENDED, moment
        trigger = f"""CREATE TRIGGER held BEFORE DELETE ON workshop WHEN OLD.id = '{other.id}'
            BEGIN SELECT RAISE(ABORT, 'held'); END"""
        await (await session.connection()).exec_driver_sql(trigger)

    in_database(cast, write)
    keep_house(cast)
    assert left(cast) == {cast.other_workshop}


def started(settings: Settings, cast: Cast, work) -> None:
    """A server's life: it starts, something is done, it ends."""
    app = create_app(settings)
    with TestClient(app) as client:
        work(cast.on(app, client.portal))


def test_a_first_notice_gives_a_week_and_restarts_do_not_prolong_it(settings, furnished):
    settings = settings.model_copy(update={"retention_days": 30})
    cast, note = furnished.cast, settings.directory / "retention"
    started(settings, cast, lambda cast: end(cast, 900, cast.app.state.retention))

    def all_there(cast: Cast) -> None:
        keep_house(cast)
        assert len(left(cast)) == 2
        state = cast.script("Tom").get(f"/api/v1/workshops/{cast.workshop}").json()
        assert state["kept_until"] == str(date.fromisoformat(note.read_text().split()[1]) + timedelta(days=7))

    started(settings, cast, all_there)
    note.write_text(f"30 {now().date() - timedelta(days=7)}")
    started(settings, cast, all_there)  # the week ends today
    note.write_text(f"30 {now().date() - timedelta(days=9)}")

    def one_left(cast: Cast) -> None:
        keep_house(cast)
        assert left(cast) == {cast.other_workshop}

    started(settings, cast, one_left)


def test_what_a_shutdown_cut_short_is_done_after_the_next_start(settings, furnished):
    settings = settings.model_copy(update={"retention_days": 30})

    def begin(cast: Cast) -> None:
        end(cast, 40, Retention(None, LONG_AGO))  # nothing is deleted by itself meanwhile

        async def first_room() -> str:
            async for room_id in delete_workshop(cast.app.state.database, cast.workshop):
                return room_id
            return ""

        assert cast.portal
        assert cast.portal.call(first_room) in cast.rooms.values()
        assert len(left(cast)) == 2

    started(settings, furnished.cast, begin)
    (settings.directory / "retention").write_text("30 2026-01-01")

    def go_on(cast: Cast) -> None:
        keep_house(cast)
        assert left(cast) == {cast.other_workshop}

    started(settings, furnished.cast, go_on)
