"""What lives on the screens of a council: the same regions at every chair, and a few more on the desk."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import iso, now
from boathouse.core.live import Live
from boathouse.core.regions import Topic
from boathouse.core.seals import Seals
from boathouse.core.web.pages import partial
from boathouse.core.web.qr import qr_drawing
from boathouse.rollout.council_table import Table, load_table
from boathouse.rollout.decisions import tally
from boathouse.rollout.parameter_words import in_words
from boathouse.rollout.spread import in_a_sentence, most_chosen, spread_of

TABLE, DESK = "table", "desk"  # kinds of topics: leaders' screens, and the facilitator's
SHARED = ("council-bar", "council-people")
ALL = (*SHARED, "council-question", "council-answers")
OF_DESK = ("council-desk", "council-record", "council-course")


def register_regions(app: FastAPI) -> None:
    """How they are drawn. Votes reach a template only once they are shown: see load_table()."""
    app.state.chair_seals = Seals(app.state.settings.secret_key, "chair")

    def register(kind: str, name: str, template: str) -> None:
        async def draw(session: AsyncSession, council_id: str, key: str) -> str:
            table = await load_table(session, council_id)
            return partial(template, **context_of(app, table, kind)) if table else ""

        app.state.live.register(kind, name, draw)

    for kind in (TABLE, DESK):
        register(kind, "council-bar", "councils/_bar.html")
        register(kind, "council-people", "councils/_people.html")
        register(kind, "council-question", "councils/_question.html")
        register(kind, "council-answers", "councils/_answers.html")
    register(DESK, "council-desk", "councils/_desk.html")
    register(DESK, "council-record", "councils/_record.html")
    register(DESK, "council-course", "councils/_course.html")


def context_of(app: FastAPI, table: Table, kind: str) -> dict[str, Any]:
    """What the templates know. stamp: changes with each asking, so that forms begin anew."""
    council, parameter = table.council, table.parameter
    asked = council.asked_at
    recommended = parameter.recommendation.value if parameter else None
    bars = spread_of(parameter.key, table.answers, recommended) if parameter and table.votes else []
    return {
        "table": table,
        "council": council,
        "parameter": parameter,
        "tally": tally(table.parameters),
        "here": app.state.presence.who((TABLE, council.id)),
        "is_desk": kind == DESK,
        "stamp": f"{council.key.replace('_', '-')}-{int(asked.timestamp() * 1000) if asked else 0}",
        "time": _clock(table),
        "bars": bars,
        "spread": in_a_sentence(bars),
        "agreed": most_chosen(table.answers),
        "in_words": in_words,
        "sheet": f"/sheets/{table.program.sheet_secret}",
    }


def _clock(table: Table) -> dict[str, Any] | None:
    """The countdown of the question on the table; none once it is settled."""
    council = table.council
    if not council.asked_at or table.is_settled or council.ended_at:
        return None
    ends_at = council.asked_at + table.pace
    left = max(0, int((ends_at - now()).total_seconds()))
    label = f"{left // 60}:{left % 60:02}"
    minutes = max(1, round(table.pace.total_seconds() / 60))
    return {"ends_at": iso(ends_at), "left": None, "minutes": minutes, "label": label}


async def drawn(
    app: FastAPI, session: AsyncSession, kind: str, council_id: str, names: Sequence[str]
) -> dict[str, Markup]:
    """The same html that is pushed later, for a whole page."""
    htmls = {name: await app.state.live.renders[kind, name](session, council_id, [""]) for name in names}
    return {name: Markup(html[""]) for name, html in htmls.items()}  # noqa: S704 - regions of ours


def joining(address: str, table: Table) -> dict[str, Any]:
    """How leaders come to the table; for the desk's page alone, since the link is the permission."""
    link = f"{address}/table/{table.council.secret}"
    return {"link": link, "qr": qr_drawing(link)}


def show(app: FastAPI, session: AsyncSession, council_id: str) -> None:
    """After the commit everybody's screen follows."""
    live: Live = app.state.live
    live.changed(session, TABLE, council_id, *ALL)
    live.changed(session, DESK, council_id, *ALL, *OF_DESK)


def show_people(app: FastAPI, session: AsyncSession, council_id: str) -> None:
    """After the commit: who sits there and who has chosen."""
    for kind in (TABLE, DESK):
        app.state.live.changed(session, kind, council_id, "council-people")
    app.state.live.changed(session, DESK, council_id, "council-desk")


def presence_changed(app: FastAPI, topic: Topic) -> None:
    """Somebody came to the table or left it."""
    if topic[0] == TABLE:
        for kind in (TABLE, DESK):
            app.state.live.touch(kind, topic[1], "council-people")
