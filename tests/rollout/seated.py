"""Leaders at a council's table, for tests: clients that sit down by link, and a facilitator's desk."""

import re
from dataclasses import dataclass

from starlette.testclient import TestClient

from tests.cast import Cast


@dataclass
class Sitting:
    """One council. desk: the facilitator's browser; leaders: browsers by name."""

    cast: Cast
    id: str
    link: str
    desk: TestClient
    leaders: dict[str, TestClient]

    def sit(self, *names: str) -> None:
        """More leaders sit down."""
        for name in names:
            browser = self.cast.browser("nobody")
            answer = browser.post(self.link, data={"name": name})
            assert answer.status_code == 303, answer.text
            self.leaders[name] = browser

    def do(self, what: str, who: TestClient | None = None, **form) -> int:
        """A press on the desk, or by somebody else."""
        return (who or self.desk).post(f"/councils/{self.id}/{what}", data=form).status_code

    def vote(self, name: str, key: str, value, line: str = "") -> int:
        """One leader chooses."""
        form = {"key": key, "value": value, "line": line}
        return self.leaders[name].post(f"/councils/{self.id}/votes", data=form).status_code

    def screen(self, name: str) -> str:
        """What a leader's page says."""
        return self.leaders[name].get(f"/councils/{self.id}/table").text

    def cookie(self, name: str) -> dict[str, str]:
        """The chair of a leader, as their browser holds it."""
        return {cookie.name: cookie.value for cookie in self.leaders[name].cookies.jar}


def seat_leaders(cast: Cast, *names: str) -> Sitting:
    """Leo opens a table in his program, and these leaders sit down."""
    desk = cast.browser("Leo")
    path = desk.post(f"/programs/{cast.program}/councils").headers["location"]
    link = re.search(r'value="http://testserver(/table/[^"]+)"', desk.get(path).text)
    assert link
    sitting = Sitting(cast, path.rpartition("/")[2], link[1], desk, {})
    sitting.sit(*names)
    return sitting
